package dev.trmarena.arena.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.arena.client.AnsweringServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code arena submit --dry-run}: of a hub by one question, of this machine by none. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatWouldBeFetchedIsTold {
    private static final String FOUND =
            "{\"file\":{\"upload\":null,\"fileName\":\"step_1\",\"bytes\":2500000000,\"offset\":0,"
                    + "\"digest\":\"abc\",\"state\":\"found\",\"problem\":null,\"origin\":{\"commit\":\"c\",\"page\":\"https://hub/p\"}},"
                    + "\"config\":null}";

    private static final String FOLDER = "{\"files\":[],\"rawTasks\":[{\"subset\":\"x\",\"files\":["
            + "{\"from\":\"hf://datasets/a/b/arc/x_challenges.json@main\",\"path\":\"x_challenges.json\",\"bytes\":1000},"
            + "{\"from\":\"hf://datasets/a/b/arc/x_solutions.json@main\",\"path\":\"x_solutions.json\",\"bytes\":500}]}]}";

    private final PrintStream before = System.out;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private AnsweringServer server;
    private String url;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server = new AnsweringServer(asked -> asked.startsWith("GET /api/fetches/folder") ? FOLDER : FOUND);
        url = server.url();
        System.setOut(new PrintStream(out, true, UTF_8));
    }

    @AfterEach
    void stop() {
        System.setOut(before);
        server.close();
    }

    @Test
    void of_a_hub() {
        assertThat(submit("hf://a/b/step_1@v1", "--config", "hf://a/b/other.yaml", "--dry-run"))
                .isZero();
        assertThat(server.asked())
                .containsExactly(
                        "POST /api/fetches {\"from\":\"hf://a/b/step_1@v1\",\"config\":\"hf://a/b/other.yaml\","
                                + "\"dryRun\":true}");
        assertThat(out.toString(UTF_8)).contains("would fetch step_1, 2.50 GB", "https://hub/p");
    }

    @Test
    void of_puzzles_on_a_hub() {
        assertThat(imports("hf://datasets/a/b/arc", "--dry-run")).isZero();
        assertThat(out.toString(UTF_8))
                .contains(
                        "would fetch hf://datasets/a/b/arc/x_challenges.json@main",
                        "would fetch hf://datasets/a/b/arc/x_solutions.json@main",
                        "in all 2 files, 2 kB");
        assertThat(imports("hf://datasets/a/b/test.csv@v1", "--dry-run")).isZero();
        assertThat(out.toString(UTF_8)).contains("would fetch step_1, 2.50 GB");
        assertThat(server.asked())
                .containsExactly(
                        "GET /api/fetches/folder?from=hf%3A%2F%2Fdatasets%2Fa%2Fb%2Farc",
                        "POST /api/fetches {\"from\":\"hf://datasets/a/b/test.csv@v1\",\"dryRun\":true}");
    }

    @Test
    void of_this_machine() throws IOException {
        Path checkpoint = Files.writeString(folder.resolve("step_1"), "x");
        Files.writeString(folder.resolve("all_config.yaml"), "y");
        assertThat(submit(checkpoint.toString(), "--dry-run")).isZero();
        assertThat(server.asked()).isEmpty();
        assertThat(out.toString(UTF_8)).contains("would upload " + checkpoint, "all_config.yaml");
    }

    @Test
    void but_not_of_both_at_once() {
        var problems = new StringWriter();
        var command = new CommandLine(new SubmitCommand()).setErr(new PrintWriter(problems));
        assertThat(command.execute("hf://a/b/step_1", "--config", "here.yaml", "--puzzles", "arc", "--url", url))
                .isNotZero();
        assertThat(problems.toString()).contains("not in the same place");
        assertThat(server.asked()).isEmpty();
    }

    private int imports(String... arguments) {
        var all = new ArrayList<>(List.of("mine"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", url));
        return new CommandLine(new ImportCommand()).execute(all.toArray(String[]::new));
    }

    private int submit(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--puzzles", "arc", "--url", url));
        return new CommandLine(new SubmitCommand()).execute(all.toArray(String[]::new));
    }
}
