package dev.trmarena.puzzles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.build.WriteWithoutSolutions;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.set.ArcSet;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import dev.trmarena.puzzles.set.RowDemonstrations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a row is trained on is what the authors' train split holds of its identifier, and nothing of a test output. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowsAreTrainedOnTheirDemonstrations {
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo");
    private static final Path UNSEEN = DEMO.resolve("unseen/dataset");

    @TempDir
    Path folder;

    @Test
    void as_the_train_split_of_the_authors_builder_shows_them() throws IOException {
        PuzzleSet set = imported(UNSEEN).set();
        Map<Integer, List<String>> authors = new HashMap<>();
        NpyArray inputs = Npy.open(UNSEEN.resolve("train/all__inputs.npy"));
        NpyArray labels = Npy.open(UNSEEN.resolve("train/all__labels.npy"));
        NpyArray identifiers = Npy.open(UNSEEN.resolve("train/all__puzzle_identifiers.npy"));
        NpyArray begins = Npy.open(UNSEEN.resolve("train/all__puzzle_indices.npy"));
        for (int puzzle = 0; puzzle < identifiers.count(); puzzle++) {
            for (long example = begins.longAt(puzzle); example < begins.longAt(puzzle + 1); example++) {
                authors.computeIfAbsent((int) identifiers.longAt(puzzle), any -> new ArrayList<>())
                        .add(shown(row(inputs, example)) + " > " + shown(row(labels, example)));
            }
        }
        for (int example = 0; example < set.exampleCount(); example++) {
            RowDemonstrations ours = RowDemonstrations.of(set, example, 0);
            List<String> pairs = IntStream.range(0, ours.size())
                    .mapToObj(pair -> shown(ours.input(pair)) + " > " + shown(ours.label(pair)))
                    .toList();
            assertThat(pairs)
                    .as("example " + example)
                    .containsExactlyInAnyOrderElementsOf(authors.get(set.puzzleIdentifier(example)));
            assertThat(IntStream.range(0, ours.size()).filter(pair -> ours.input(pair)[0] > 1))
                    .as("one of them stands at the top-left")
                    .isNotEmpty();
        }
    }

    @Test
    void each_once_before_any_comes_again_in_an_order_of_seed_and_identifier() {
        PuzzleSet set = imported(UNSEEN).set();
        List<List<Integer>> orders = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++) {
            for (int example = 0; example < set.exampleCount(); example++) {
                RowDemonstrations ours = RowDemonstrations.of(set, example, seed);
                RowDemonstrations again = RowDemonstrations.of(set, example, seed);
                List<Integer> order = new ArrayList<>();
                for (int round = 0; round < 5; round++) {
                    List<Integer> pairs = IntStream.range(0, ours.size())
                            .map(i -> ours.next())
                            .boxed()
                            .toList();
                    assertThat(pairs).doesNotHaveDuplicates().hasSize(ours.size());
                    order.addAll(pairs);
                }
                for (int next : order) {
                    assertThat(again.next()).isEqualTo(next);
                    assertThat(again.input(next)).isEqualTo(ours.input(next));
                }
                orders.add(order);
            }
        }
        // Two examples of a row, its two test inputs, share its order.
        assertThat(orders.stream().distinct().count()).isGreaterThan(30);
    }

    @Test
    void of_a_set_that_has_none_nothing_is_drawn() {
        PuzzleSet sudoku = imported(DEMO.resolve("sudoku-4x4/dataset")).set();
        assertThat(RowDemonstrations.any(sudoku)).isFalse();
        assertThatThrownBy(() -> RowDemonstrations.of(sudoku, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sudoku");
        assertThat(RowDemonstrations.any(imported(UNSEEN).set())).isTrue();
    }

    /** A copy of which everything is asked that a solver asks, and which has the outputs of no test. */
    @Test
    void and_a_set_for_solvers_has_no_solutions() throws IOException {
        Imported imported = imported(UNSEEN);
        var set = (ArcSet) imported.set();
        var out = new ByteArrayOutputStream();
        WriteWithoutSolutions.tasks(set, out);
        Path tasks = folder.resolve("copy.json");
        Files.write(tasks, out.toByteArray());
        Map<String, String> named = new HashMap<>();
        imported.files().keySet().forEach(role -> named.put(role, role));
        PuzzleSetManifest manifest =
                WriteWithoutSolutions.manifest(set.manifest().withArtifacts(named), "hidden");
        assertThat(manifest.artifacts()).containsEntry(PuzzleSetManifest.TEST_PUZZLES, "hidden");
        assertThat(manifest.artifacts()).doesNotContainKey(PuzzleSetManifest.LABELS);
        assertThat(manifest.solutionsHidden()).isTrue();
        PuzzleSet copy = PuzzleSet.open(
                manifest,
                digest -> digest.equals("hidden") ? tasks : imported.files().get(digest));
        for (int example = 0; example < set.exampleCount(); example++) {
            assertThat(copy.input(example)).isEqualTo(set.input(example));
            assertThat(copy.taskOf(example)).isEqualTo(set.taskOf(example));
            assertThat(copy.puzzleIdentifier(example)).isEqualTo(set.puzzleIdentifier(example));
            assertThat(copy.augmentationOrdinal(example)).isEqualTo(set.augmentationOrdinal(example));
            assertThat(copy.labelBeforeVoting(example)).isEmpty();
            assertThat(RowDemonstrations.of(copy, example, 7).input(1))
                    .isEqualTo(RowDemonstrations.of(set, example, 7).input(1));
        }
        String text = out.toString(UTF_8);
        for (int task = 0; task < set.taskCount(); task++) {
            assertThat(copy.demonstrations(task)).isEqualTo(set.demonstrations(task));
            for (int output = 0; output < set.outputCount(task); output++) {
                assertThat(copy.taskInput(task, output)).isEqualTo(set.taskInput(task, output));
                assertThat(copy.solution(task, output)).isEqualTo(new Grid(1, 1, new byte[] {0}));
                Grid solution = set.solution(task, output);
                boolean shownOpenly = solution.equals(set.taskInput(task, output))
                        || set.demonstrations(task).stream()
                                .map(ArcTask.Pair::output)
                                .anyMatch(solution::equals);
                assertThat(text.contains(json(solution))).as("output " + output).isEqualTo(shownOpenly);
            }
        }
    }

    private static String json(Grid grid) {
        var rows = new ArrayList<String>();
        for (int r = 0; r < grid.rows(); r++) {
            var cells = new ArrayList<String>();
            for (int c = 0; c < grid.columns(); c++) {
                cells.add(String.valueOf(grid.cell(r, c)));
            }
            rows.add("[" + String.join(", ", cells) + "]");
        }
        return "[" + String.join(", ", rows) + "]";
    }

    private record Imported(PuzzleSet set, Map<String, Path> files) {}

    private Imported imported(Path source) {
        PuzzleSetImport.ImportedSet imported =
                PuzzleSetImport.read(source, null, folder.resolve(String.valueOf(System.nanoTime())));
        return new Imported(
                PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role)), imported.files());
    }

    private static int[] row(NpyArray array, long row) {
        return IntStream.range(0, Canvas.TOKENS)
                .map(i -> (int) array.longAt(row * Canvas.TOKENS + i))
                .toArray();
    }

    /** The colours of a canvas, wherever they stand on it. */
    private static String shown(int[] tokens) {
        int left = IntStream.range(0, tokens.length)
                .filter(i -> tokens[i] > 1)
                .map(i -> i % Canvas.SIDE)
                .min()
                .orElseThrow();
        var text = new StringBuilder();
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] > 1) {
                text.append(i % Canvas.SIDE == left ? "/" : " ").append(tokens[i] - 2);
            }
        }
        return text.toString();
    }
}
