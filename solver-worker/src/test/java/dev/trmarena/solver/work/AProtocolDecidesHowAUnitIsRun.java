package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.score.StepHistory;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform's solver does with a unit, by the protocol that the unit names. */
class AProtocolDecidesHowAUnitIsRun {
    private static final int EXAMPLES = 96;
    private static final int REPLAYED = 10;

    @TempDir
    Path folder;

    @Test
    void every_step_is_followed_and_the_last_is_the_answer() throws IOException {
        DemoArtifacts demo = DemoArtifacts.in(folder);
        PuzzleSet set = set(demo);
        for (Prediction prediction : solve(demo, "4-steps.float32")) {
            StepHistory history = StepHistory.of(prediction.stepHistory());
            assertThat(prediction.steps()).isEqualTo(4);
            assertThat(history.steps()).isEqualTo(4);
            assertThat(history.answers()[3])
                    .isEqualTo(StepHistory.answer(set, prediction.example(), prediction.tokens()));
            assertThat(history.qHalts()[3]).isEqualTo(prediction.qHalt());
            boolean replayed = prediction.example() < REPLAYED;
            assertThat(prediction.replay()).hasSize(replayed ? 4 : 0);
            for (int step = 0; step < prediction.replay().size(); step++) {
                assertThat(history.answers()[step])
                        .isEqualTo(StepHistory.answer(
                                set, prediction.example(), prediction.replay().get(step)));
            }
        }
    }

    @Test
    void a_run_of_fewer_steps_is_the_beginning_of_a_longer_one() throws IOException {
        DemoArtifacts demo = DemoArtifacts.in(folder);
        List<Prediction> longer = solve(demo, "4-steps.float32");
        List<Prediction> shorter = solve(demo, "2-steps.float32");
        for (int i = 0; i < EXAMPLES; i++) {
            assertThat(StepHistory.of(shorter.get(i).stepHistory()).answers())
                    .as("example %s", i)
                    .containsExactly(java.util.Arrays.copyOf(
                            StepHistory.of(longer.get(i).stepHistory()).answers(), 2));
        }
    }

    /** Rows that leave change nothing for those that stay; each ends where the fixed run first says that it is done. */
    @Test
    void early_halting_ends_each_example_at_its_first_positive_halt_logit() throws IOException {
        DemoArtifacts demo = DemoArtifacts.nineByNine(folder);
        List<Prediction> fixed = solve(demo, "16-steps.float32");
        List<Prediction> early = solve(demo, "16-steps.float32.early");
        int saved = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            StepHistory whole = StepHistory.of(fixed.get(i).stepHistory());
            int expected = firstPositive(whole.qHalts());
            assertThat(early.get(i).steps()).as("steps of example %s", i).isEqualTo(expected);
            StepHistory cut = StepHistory.of(early.get(i).stepHistory());
            assertThat(cut.answers()).isEqualTo(java.util.Arrays.copyOf(whole.answers(), expected));
            assertThat(early.get(i).qHalt()).isCloseTo(whole.qHalts()[expected - 1], within(1e-3f));
            saved += 16 - expected;
        }
        assertThat(early.stream().map(Prediction::steps).distinct().count())
                .as("different numbers of steps, else nothing was tried")
                .isGreaterThan(1);
        assertThat(saved).isPositive();
    }

    @Test
    void the_dtype_is_the_protocols_not_the_checkpoints() throws IOException {
        DemoArtifacts demo = DemoArtifacts.in(folder);
        List<Prediction> exact = solve(demo, "4-steps.float32");
        List<Prediction> rounded = solve(demo, "4-steps.bfloat16");
        assertThat(rounded)
                .extracting(Prediction::qHalt)
                .isNotEqualTo(exact.stream().map(Prediction::qHalt).toList());
    }

    /** Of a checkpoint that was trained on joined sets; the blank row is the first of all of them. */
    @Test
    void identifiers_begin_at_the_offset_of_the_checkpoint() throws IOException {
        List<Prediction> plain = solve(DemoArtifacts.in(folder.resolve("plain")), "4-steps.float32");
        DemoArtifacts joined = DemoArtifacts.behindOthers(folder.resolve("joined"), 3);
        assertThat(solve(joined, "4-steps.float32")).usingRecursiveComparison().isEqualTo(plain);
        assertThat(solve(joined, "4-steps.float32.blank-identifier"))
                .extracting(Prediction::qHalt)
                .isNotEqualTo(plain.stream().map(Prediction::qHalt).toList());
    }

    @Test
    void what_is_no_protocol_fails_with_its_name() throws IOException {
        DemoArtifacts demo = DemoArtifacts.in(folder);
        try (var unitSolver = new CachingUnitSolver(demo.store(), 1 << 16)) {
            assertThatThrownBy(() -> unitSolver.solve(List.of(unit(demo, "4-steps.float64")), () -> false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("float64");
        }
    }

    private static org.assertj.core.data.Offset<Float> within(float value) {
        return org.assertj.core.data.Offset.offset(value);
    }

    private static int firstPositive(float[] qHalts) {
        for (int step = 1; step <= qHalts.length; step++) {
            if (qHalts[step - 1] > 0) {
                return step;
            }
        }
        return qHalts.length;
    }

    private static List<Prediction> solve(DemoArtifacts demo, String protocol) throws IOException {
        // 9×9: 40 examples a batch, several batches, the last of them smaller.
        try (var unitSolver = new CachingUnitSolver(demo.store(), 40 * 81)) {
            List<Prediction> predictions = unitSolver
                    .solve(List.of(unit(demo, protocol)), () -> false)
                    .get(0)
                    .predictions();
            assertThat(predictions).hasSize(EXAMPLES);
            return predictions;
        }
    }

    private static WorkUnit unit(DemoArtifacts demo, String protocol) {
        return new WorkUnit(
                UUID.randomUUID(),
                0,
                Purpose.SCORE,
                1,
                1,
                demo.checkpointManifest(),
                demo.puzzleSetManifest(),
                0,
                EXAMPLES,
                EXAMPLES,
                protocol,
                REPLAYED);
    }

    private static PuzzleSet set(DemoArtifacts demo) throws IOException {
        byte[] manifest = Files.readAllBytes(demo.store().path(demo.puzzleSetManifest()));
        return PuzzleSet.open(PuzzleSetManifest.fromJson(manifest), demo.store()::path);
    }
}
