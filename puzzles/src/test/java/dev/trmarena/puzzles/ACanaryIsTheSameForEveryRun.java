package dev.trmarena.puzzles;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.set.Canary;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Demonstrations of a set, on the canvases and under the identifiers by which training knew them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ACanaryIsTheSameForEveryRun {
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo");

    @TempDir
    Path folder;

    @Test
    void and_is_spread_over_tasks_and_augmentations() {
        PuzzleSet set = set(DEMO.resolve("arc-style/dataset"), "one");
        Canary canary = Canary.of(set).orElseThrow();
        Canary again =
                Canary.of(set(DEMO.resolve("arc-style/dataset"), "other")).orElseThrow();
        assertThat(canary.size()).isEqualTo(Canary.MOST).isEqualTo(again.size());
        Map<Integer, Integer> taskOfIdentifier = new HashMap<>();
        for (int example = 0; example < set.exampleCount(); example++) {
            taskOfIdentifier.put(set.puzzleIdentifier(example), requireNonNull(set.taskOf(example)));
        }
        Map<Integer, Integer> ofTask = new HashMap<>();
        Set<Integer> identifiers = new HashSet<>();
        for (int example = 0; example < canary.size(); example++) {
            assertThat(again.puzzleIdentifier(example)).isEqualTo(canary.puzzleIdentifier(example));
            assertThat(again.input(example)).isEqualTo(canary.input(example));
            identifiers.add(canary.puzzleIdentifier(example));
            ofTask.merge(requireNonNull(taskOfIdentifier.get(canary.puzzleIdentifier(example))), 1, Integer::sum);
        }
        assertThat(ofTask).hasSize(set.taskCount());
        assertThat(ofTask.values()).allMatch(count -> count >= 4 && count <= 6);
        assertThat(identifiers).as("augmentations").hasSizeGreaterThan(40);
        assertThat(again.rowsOfTasks()).hasSameSizeAs(canary.rowsOfTasks()).hasSize(set.taskCount());
    }

    @Test
    void its_inputs_are_demonstrations_and_only_their_outputs_are_right() {
        PuzzleSet set = set(DEMO.resolve("arc-style/dataset"), "set");
        Canary canary = Canary.of(set).orElseThrow();
        for (int example = 0; example < canary.size(); example++) {
            int shown = exampleWith(set, canary.puzzleIdentifier(example));
            byte[] tokens = bytes(canary.input(example));
            List<ArcTask.Pair> pairs = set.demonstrations(requireNonNull(set.taskOf(shown)));
            // What a prediction of these tokens would vote for is the demonstration's input as it is.
            Grid input = set.prediction(shown, tokens);
            ArcTask.Pair pair = pairs.stream()
                    .filter(each -> each.input().equals(input))
                    .findFirst()
                    .orElseThrow();
            byte[] output =
                    Canvas.of(requireNonNull(set.augmented(shown).orElseThrow().augmentation())
                            .apply(pair.output()));
            assertThat(canary.solution(example)).isEqualTo(output);
            assertThat(canary.isExact(example, output)).isTrue();
            output[0] = (byte) (output[0] == 2 ? 3 : 2);
            assertThat(canary.isExact(example, output)).isFalse();
            assertThat(canary.isExact(example, new byte[Canvas.TOKENS])).isFalse();
        }
    }

    @Test
    void a_set_without_demonstrations_or_without_their_identifiers_has_none() throws IOException {
        assertThat(Canary.of(set(DEMO.resolve("sudoku-4x4/dataset"), "sudoku"))).isEmpty();
        Path bare = folder.resolve("bare");
        Path whole = DEMO.resolve("arc-style/dataset");
        Files.createDirectories(bare.resolve("test"));
        Files.copy(whole.resolve("identifiers.json"), bare.resolve("identifiers.json"));
        for (String file : List.of(
                "dataset.json",
                "all__inputs.npy",
                "all__labels.npy",
                "all__puzzle_identifiers.npy",
                "all__puzzle_indices.npy")) {
            Files.copy(whole.resolve("test").resolve(file), bare.resolve("test").resolve(file));
        }
        JsonNode tasks =
                new ObjectMapper().readTree(whole.resolve("test_puzzles.json").toFile());
        ObjectNode others = JsonNodeFactory.instance.objectNode();
        tasks.properties().forEach(task -> others.set("other-" + task.getKey(), task.getValue()));
        Files.writeString(bare.resolve("test_puzzles.json"), others.toString());
        assertThat(Canary.of(set(bare, "without"))).isEmpty();
    }

    private static int exampleWith(PuzzleSet set, int identifier) {
        for (int example = 0; example < set.exampleCount(); example++) {
            if (set.puzzleIdentifier(example) == identifier) {
                return example;
            }
        }
        throw new IllegalArgumentException("no example has identifier " + identifier);
    }

    private static byte[] bytes(int[] tokens) {
        byte[] bytes = new byte[tokens.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) tokens[i];
        }
        return bytes;
    }

    private PuzzleSet set(Path source, String name) {
        var imported = PuzzleSetImport.read(source, null, folder.resolve(name));
        return PuzzleSet.ofFiles(imported.manifest(), imported.files()::get);
    }
}
