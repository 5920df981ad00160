package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who has just typed {@code ./arena up}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TheFirstStartBringsTheDemo {
    private static final List<String> SETS = List.of("arc-style", "sudoku-4x4", "sudoku-9x9");

    @TempDir
    Path data;

    @Test
    void of_three_sets_each_with_a_checkpoint_that_is_evaluated() throws Exception {
        try (var platform = Platform.up(data)) {
            Path handedIn = data.resolve("demo.loaded");
            await("all of the demo is handed in, or why not is said")
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> Files.exists(handedIn) || isRefused(platform));
            assertThat(platform.lines()).as("what it said").noneMatch(line -> line.contains("could not be loaded"));
            assertThat(handedIn).exists();
            for (String set : SETS) {
                assertThat(platform.lines())
                        .as("what it said of " + set)
                        .filteredOn(
                                line -> line.contains("demo: " + set + " imported, its checkpoint is being evaluated"))
                        .hasSize(1);
            }
        }
    }

    private static boolean isRefused(Platform platform) {
        return platform.lines().stream().anyMatch(line -> line.contains("could not be loaded"));
    }
}
