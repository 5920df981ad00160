package dev.trmarena.arena.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PGJDBCMain;

/** A program that ended in order finds its classes at its next start, unless it was built anew or its file is in pieces. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClassesAreKeptForTheNextStart {
    @TempDir
    Path project;

    private Path jar;

    @BeforeEach
    void a_program() throws IOException, URISyntaxException {
        Path library = Path.of(PGJDBCMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        jar = Files.copy(library, project.resolve("program.jar"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void the_second_start_finds_them() throws Exception {
        assertThat(isKept(run())).as("the first start").isFalse();
        assertThat(isKept(run())).as("the second start").isTrue();
    }

    @Test
    void they_are_made_anew_for_another_build() throws Exception {
        run();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(ClassArchive.isMadeBy(archive().flags())).isTrue();
        // What would not fit is not used either where nobody has looked.
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(30)));
        assertThat(isKept(run())).isFalse();
    }

    @Test
    void a_file_in_pieces_is_made_anew() throws Exception {
        run();
        Path file;
        try (var files = Files.list(project.resolve("target/class-archives"))) {
            file = files.findFirst().orElseThrow();
        }
        byte[] pieces = new byte[(int) Files.size(file) / 2];
        Files.delete(file);
        Files.write(file, pieces);
        assertThat(isKept(run())).isFalse();
        assertThat(isKept(run())).isTrue();
    }

    @Test
    void none_is_made_beside_a_debugger_with_which_the_program_would_not_start() throws Exception {
        var debugger = Map.of("JAVA_TOOL_OPTIONS", "-Xmx64m -agentlib:jdwp=transport=dt_socket,server=y,suspend=n");
        assertThat(archive().flags(debugger)).isEmpty();
        run();
        assertThat(archive().flags(debugger))
                .as("it may use one")
                .isEqualTo(archive().flags(Map.of()));
    }

    private ClassArchive archive() {
        return new ClassArchive(project, "program", List.of(jar));
    }

    /** The driver says that it is no program, and ends with 1. @return where each of its classes came from */
    private List<String> run() throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xlog:class+load"));
        command.addAll(archive().flags());
        command.addAll(List.of("-cp", jar.toString(), PGJDBCMain.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said).doesNotContain("warning");
        return said.lines().filter(line -> line.contains(" org.postgresql.")).toList();
    }

    private static boolean isKept(List<String> loaded) {
        assertThat(loaded).isNotEmpty();
        return loaded.stream()
                        .filter(line -> line.contains("shared objects file"))
                        .count()
                > loaded.size() / 2;
    }
}
