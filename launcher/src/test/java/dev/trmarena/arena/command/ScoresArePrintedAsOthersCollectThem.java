package dev.trmarena.arena.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.arena.client.AnsweringServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code --as}: what it asks the platform for, and that it hands on what comes as it is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScoresArePrintedAsOthersCollectThem {
    private static final String ANSWER = "model-index:\n- name: \"ü\"\n";

    private final PrintStream before = System.out;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private AnsweringServer server;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = new AnsweringServer(asked -> ANSWER);
        url = server.url();
        System.setOut(new PrintStream(out, true, UTF_8));
    }

    @AfterEach
    void stop() {
        System.setOut(before);
        server.close();
    }

    @Test
    void an_evaluation() {
        assertThat(new CommandLine(new ShowCommand()).execute("7", "--as", "model-index", "--url", url + "/"))
                .isZero();
        assertThat(new CommandLine(new ShowCommand()).execute("7", "--as", "every-eval-ever", "--url", url))
                .isZero();
        String page = url.replace(":", "%3A").replace("/", "%2F") + "%2Fevaluations%2F7";
        assertThat(server.asked())
                .containsExactly(
                        "GET /api/evaluations/7/model-index.yaml?source=" + page,
                        "GET /api/evaluations/7/every-eval-ever.json");
        assertThat(out.toString(UTF_8)).isEqualTo(ANSWER + ANSWER);
    }

    @Test
    void a_board() {
        var command = new CommandLine(new LeaderboardCommand());
        assertThat(command.execute("a/b", "--as", "every-eval-ever", "--url", url))
                .isZero();
        assertThat(command.execute(
                        "arc", "--as", "every-eval-ever", "--protocol", "steps=8;x", "--without", "b", "--url", url))
                .isZero();
        assertThat(server.asked())
                .containsExactly(
                        "GET /api/puzzle-sets/a%2Fb/every-eval-ever.json",
                        "GET /api/puzzle-sets/arc/every-eval-ever.json?protocol=steps%3D8%3Bx&without=b");
    }

    @Test
    void a_model_card_is_not_of_a_board() {
        var problems = new StringWriter();
        var command = new CommandLine(new LeaderboardCommand()).setErr(new PrintWriter(problems));
        assertThat(command.execute("arc", "--as", "model-index", "--url", url)).isNotZero();
        assertThat(problems.toString()).contains("a model card is about one model");
        assertThat(server.asked()).isEmpty();
    }
}
