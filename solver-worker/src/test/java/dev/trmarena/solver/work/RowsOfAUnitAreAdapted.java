package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import dev.trmarena.solver.model.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A solver trains the rows of a unit on their demonstrations, then answers by them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowsOfAUnitAreAdapted {
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo/unseen");
    private static final String SIX_STEPS =
            "4-steps.float32.adapt-rows-6x1.seed-0.lr-0.1.decay-0.1.warmup-2.min-0.1.explore-0.1";

    /** After its one step a row is still at work on an example: nothing halts that soon. */
    private static final String ONE_STEP =
            "4-steps.float32.adapt-rows-1x1.seed-0.lr-0.1.decay-0.1.warmup-0.min-1.explore-1";

    @TempDir
    Path folder;

    /** The rows that the authors' trainer came to, run by our network. */
    @Test
    void a_network_answers_by_other_rows_as_the_authors_network_does() throws IOException {
        DemoArtifacts demo = DemoArtifacts.unseen(folder);
        PuzzleSet set = set(demo);
        NpyArray rows = Npy.open(DEMO.resolve("adapted_rows_seed0.npy"));
        NpyArray expected = Npy.open(DEMO.resolve("expected_preds_rows_seed0.npy"));
        NpyArray qHalts = Npy.open(DEMO.resolve("expected_q_halt_logits_rows_seed0.npy"));
        int width = rows.shape()[1];
        int examples = set.exampleCount();
        int[][] inputs = IntStream.range(0, examples).mapToObj(set::input).toArray(int[][]::new);
        int[] identifiers =
                IntStream.range(0, examples).map(set::puzzleIdentifier).toArray();
        CheckpointManifest manifest = manifest(demo);
        try (var network = Networks.open(manifest, demo.store().path(manifest.weights()))) {
            var told = network.withRows(identifier -> {
                float[] row = new float[width];
                for (int i = 0; i < width; i++) {
                    row[i] = rows.floatAt((long) identifier * width + i);
                }
                return row;
            });
            told.run(inputs, identifiers, 4, result -> {
                for (int b = 0; b < examples && result.last(); b++) {
                    byte[] answer = result.answer(b);
                    for (int i = 0; i < answer.length; i++) {
                        assertThat((long) answer[i]).isEqualTo(expected.longAt((long) b * answer.length + i));
                    }
                    assertThat((double) result.qHalt()[b]).isCloseTo((double) qHalts.floatAt(b), within(1e-3));
                }
            });
        }
    }

    /** What {@code demo/unseen/results.json} has for it. */
    @Test
    void without_a_step_each_is_the_mean_of_the_checkpoints() throws IOException {
        DemoArtifacts demo = DemoArtifacts.unseen(folder);
        PuzzleSet set = set(demo);
        double shares = 0;
        for (Prediction prediction : solved(demo, "4-steps.float32.mean-rows", 0, set.exampleCount())) {
            int[] label = set.label(prediction.example());
            int right = 0;
            int counting = 0;
            for (int i = 0; i < label.length; i++) {
                counting += label[i] == 0 ? 0 : 1;
                right += label[i] != 0 && label[i] == prediction.tokens()[i] ? 1 : 0;
            }
            shares += (double) right / counting;
        }
        assertThat(shares / set.exampleCount()).isCloseTo(0.616972804, within(1e-4));
    }

    @Test
    void the_same_however_the_units_are_cut() throws IOException {
        DemoArtifacts demo = DemoArtifacts.unseen(folder);
        List<Prediction> together = List.of();
        for (String protocol : List.of(ONE_STEP, SIX_STEPS)) {
            together = solved(demo, protocol, 0, 6);
            List<Prediction> apart = new ArrayList<>(solved(demo, protocol, 0, 2));
            apart.addAll(solved(demo, protocol, 2, 4));
            apart.addAll(solved(demo, protocol, 4, 6));
            assertThat(apart).as(protocol).usingRecursiveComparison().isEqualTo(together);
        }
        List<Prediction> before = solved(demo, "4-steps.float32.mean-rows", 0, 6);
        List<Prediction> otherwise = solved(demo, SIX_STEPS.replace("seed-0", "seed-1"), 0, 6);
        for (int i = 0; i < 6; i++) {
            assertThat(together.get(i).qHalt()).isNotEqualTo(before.get(i).qHalt());
            assertThat(together.get(i).qHalt()).isNotEqualTo(otherwise.get(i).qHalt());
        }
        assertThat(set(demo).puzzleIdentifier(0)).isEqualTo(set(demo).puzzleIdentifier(1));
        assertThat(set(demo).puzzleIdentifier(2)).isNotEqualTo(set(demo).puzzleIdentifier(1));
    }

    /** As between improvement steps: each is told with what it costs, and whoever is not waited for any more stops after it. */
    @Test
    @Timeout(60)
    void a_step_is_told_before_it_and_asked_after_it() throws IOException {
        DemoArtifacts demo = DemoArtifacts.unseen(folder);
        List<Double> told = new ArrayList<>();
        var steps = new UnitSolver.Steps() {
            @Override
            public void begins(double operations) {
                told.add(operations);
            }

            @Override
            public boolean abandoned() {
                return told.size() == 3;
            }
        };
        String long0 = SIX_STEPS.replace("rows-6x1", "rows-20000x2");
        try (var solver = new CachingUnitSolver(demo.store(), 1 << 16)) {
            assertThatThrownBy(() -> solver.solve(List.of(unit(demo, long0, 0, 2)), steps))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("training step 3");
        }
        double each = EstimateOperations.ofTrainingStep(manifest(demo).hyperParameters(), 900);
        assertThat(told).containsOnly(2 * each).hasSize(3);
    }

    @Test
    void a_training_that_diverges_says_the_row_and_the_step() throws IOException {
        DemoArtifacts demo = DemoArtifacts.unseen(folder);
        String wild = "4-steps.float32.adapt-rows-96x1.seed-0.lr-10.decay-10.warmup-0.min-1.explore-0";
        try (var solver = new CachingUnitSolver(demo.store(), 1 << 16)) {
            assertThatThrownBy(() -> solver.solve(List.of(unit(demo, wild, 0, 2)), () -> false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("row \\d+ of the puzzle embedding: step \\d+: .* diverged.*");
        }
    }

    private static List<Prediction> solved(DemoArtifacts demo, String protocol, int first, int end) throws IOException {
        try (var solver = new CachingUnitSolver(demo.store(), 1 << 16)) {
            return solver.solve(List.of(unit(demo, protocol, first, end)), () -> false)
                    .get(0)
                    .predictions();
        }
    }

    private static WorkUnit unit(DemoArtifacts demo, String protocol, int first, int end) {
        return new WorkUnit(
                UUID.randomUUID(),
                0,
                Purpose.SCORE,
                1,
                1,
                demo.checkpointManifest(),
                demo.puzzleSetManifest(),
                first,
                end,
                end - first,
                protocol,
                0);
    }

    private static CheckpointManifest manifest(DemoArtifacts demo) throws IOException {
        return CheckpointManifest.fromJson(Files.readAllBytes(demo.store().path(demo.checkpointManifest())));
    }

    private static PuzzleSet set(DemoArtifacts demo) throws IOException {
        byte[] manifest = Files.readAllBytes(demo.store().path(demo.puzzleSetManifest()));
        return PuzzleSet.open(PuzzleSetManifest.fromJson(manifest), demo.store()::path);
    }
}
