package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of the demo's checkpoint: nine of each of twelve tasks, one task after the other behind the blank row. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowsOfOneTaskAreAlike {
    private static final int TASKS = 12;
    private static final int OF_TASK = 9;

    @TempDir
    Path folder;

    private Path weights;

    @BeforeEach
    void convert() throws IOException {
        Path demo = Path.of(System.getProperty("arena.root", "..")).resolve("demo/arc-style");
        weights = folder.resolve("weights.safetensors");
        CheckpointInspection.convert(
                demo.resolve("step_17153"),
                "step_17153",
                new Configuration(demo.resolve("all_config.yaml"), null, null, Map.of()),
                weights);
    }

    @Test
    void where_they_are_numbered_as_in_training() throws IOException {
        List<Integer> rows = rows();
        RowLikeness alike = RowLikeness.of(weights, tasks(rows)).orElseThrow();
        assertThat(alike.within()).isGreaterThan(alike.between() + 0.12);
        assertThat(alike.tellsTasks()).isTrue();
    }

    @Test
    void and_not_in_any_other_order() throws IOException {
        for (long seed = 1; seed <= 5; seed++) {
            List<Integer> rows = rows();
            Collections.shuffle(rows, new Random(seed));
            RowLikeness alike = RowLikeness.of(weights, tasks(rows)).orElseThrow();
            assertThat(alike.tellsTasks()).as("%s with seed %s", alike, seed).isFalse();
        }
    }

    @Test
    void rows_that_are_not_there_or_hold_nothing_say_nothing() throws IOException {
        assertThat(RowLikeness.of(weights, List.of(new int[] {0, 0}, new int[] {9_000, 9_001})))
                .isEmpty();
        assertThat(RowLikeness.of(weights, List.of())).isEmpty();
    }

    private static List<Integer> rows() {
        return new ArrayList<>(IntStream.rangeClosed(1, TASKS * OF_TASK).boxed().toList());
    }

    private static List<int[]> tasks(List<Integer> rows) {
        return IntStream.range(0, TASKS)
                .mapToObj(task -> rows.subList(task * OF_TASK, (task + 1) * OF_TASK).stream()
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toList();
    }
}
