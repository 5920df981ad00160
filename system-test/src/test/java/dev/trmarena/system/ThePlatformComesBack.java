package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.golden.Golden;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second {@code up} keeps its hands off, a killed launcher blocks nothing, and the data is still there. */
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThePlatformComesBack {
    @TempDir
    Path data;

    @Test
    void after_a_killed_launcher_with_everything_it_knew() throws Exception {
        Path golden = Golden.folder("demo/sudoku-4x4");
        List<ProcessHandle> children;
        try (var first = Platform.up(data, "--no-demo")) {
            Arena.Result second = Arena.run(List.of("up", "--data", data.toString(), "--port", "0", "--no-demo"));
            assertThat(second.exit()).isNotZero();
            assertThat(second.err()).contains("already").contains(first.url());

            assertThat(first.run(
                                    "puzzles",
                                    "import",
                                    "kept",
                                    golden.resolve("dataset").toString())
                            .exit())
                    .isZero();
            children = first.launcher().descendants().toList();
            assertThat(children).isNotEmpty();
            first.launcher().destroyForcibly();
        }
        try (var again = Platform.up(data, "--no-demo")) {
            Arena.Result submitted =
                    again.run("submit", golden.resolve("step_484").toString(), "--puzzles", "kept", "--wait", "--json");
            assertThat(submitted.exit()).as(submitted.err()).isZero();
        }
        await("no process of the killed launcher is left")
                .atMost(Duration.ofSeconds(20))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
}
