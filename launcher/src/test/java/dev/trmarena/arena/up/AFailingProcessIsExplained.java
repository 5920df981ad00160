package dev.trmarena.arena.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.supervise.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AFailingProcessIsExplained {
    @TempDir
    Path folder;

    @Test
    void by_the_end_of_its_log_after_three_starts() throws Exception {
        try (var running = new Running(folder)) {
            var spec = new ChildSpec(
                    "solver-1",
                    List.of("/bin/sh", "-c", "echo no libtorch for this processor; exit 3"),
                    Map.of(),
                    folder.resolve("logs/solver-1.log"));
            Child child = running.children.start(spec);
            await().atMost(Duration.ofSeconds(30)).until(() -> problemOf(child) != null);
            assertThat(problemOf(child).describe())
                    .contains("solver-1 does not start")
                    .contains("no libtorch for this processor")
                    .contains("logs/solver-1.log");
        }
    }

    @Test
    void in_words_that_do_nothing_to_the_terminal() throws Exception {
        Path log = Files.writeString(folder.resolve("hostile.log"), "first\n\u001b[2J\u009b1A\u202egnp.exe\r\nlast\n");
        assertThat(LogTail.of(log, 15)).isEqualTo("first\n\\u001b[2J\\u009b1A\\u202egnp.exe\\u000d\nlast");
    }

    /** It gives up a step that nobody waits for, as often as somebody cancels one. */
    @Test
    void but_a_solver_that_left_a_step_has_not_failed() throws Exception {
        try (var running = new Running(folder)) {
            Path starts = folder.resolve("starts");
            var spec = new ChildSpec(
                    "solver-1",
                    List.of("/bin/sh", "-c", "echo started >> " + starts + "; exit " + ExitStatus.LEFT),
                    Map.of(),
                    folder.resolve("logs/solver-1.log"));
            Child child = running.children.start(spec);
            await("it is started again, at once each time")
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            Files.exists(starts) && Files.readAllLines(starts).size() > 8);
            assertThat(problemOf(child)).isNull();
        }
    }

    @Test
    void and_a_process_ends_when_its_life_line_ends() throws Exception {
        ProcessHandle process;
        try (var running = new Running(folder)) {
            var spec = new ChildSpec("reader", List.of("cat"), Map.of(), folder.resolve("logs/reader.log"));
            process = java.util.Objects.requireNonNull(
                            running.children.start(spec).process())
                    .toHandle();
            assertThat(process.isAlive()).isTrue();
        }
        assertThat(process.isAlive()).isFalse();
    }

    private static ArenaProblem problemOf(Child child) {
        return catchThrowableOfType(ArenaProblem.class, child::throwIfHopeless);
    }
}
