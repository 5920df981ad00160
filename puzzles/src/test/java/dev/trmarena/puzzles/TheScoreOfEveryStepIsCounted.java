package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.score.FollowedExample;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.StepHistory;
import dev.trmarena.puzzles.score.StepScore;
import dev.trmarena.puzzles.set.LooseArcSet;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scoring a step from its step history is the same as scoring the grids of that step. */
class TheScoreOfEveryStepIsCounted {
    private static final int STEPS = 4;

    private final Path golden = Golden.folder("arc_eval/dev");

    /**
     * The golden predictions are the last step's; before it, each example answers what another one of the set predicts, so that
     * the steps differ in votes, ties and halt scores.
     */
    @Test
    void as_the_votes_over_the_grids_of_that_step() throws IOException {
        PuzzleSet set =
                LooseArcSet.open(golden, golden.resolve("puzzle_identifiers.npy"), golden.resolve("inputs.npy"));
        NpyArray preds = Npy.open(golden.resolve("preds.npy"));
        NpyArray halts = Npy.open(golden.resolve("q_halt_logits.npy"));
        var random = new Random(42);
        List<FollowedExample> followed = new ArrayList<>();
        List<List<ScoredPrediction>> byStep = new ArrayList<>();
        for (int step = 1; step <= STEPS; step++) {
            byStep.add(new ArrayList<>());
        }
        for (int example = 0; example < set.exampleCount(); example++) {
            var answers = new long[STEPS];
            var qHalts = new float[STEPS];
            for (int step = 1; step <= STEPS; step++) {
                int shown = step == STEPS || random.nextBoolean() ? example : random.nextInt(set.exampleCount());
                byte[] tokens = tokens(preds, shown, set.manifest().seqLen());
                qHalts[step - 1] = halts.floatAt(shown);
                answers[step - 1] = StepHistory.answer(set, example, tokens);
                byStep.get(step - 1)
                        .add(new ScoredPrediction(example, set.prediction(example, tokens), qHalts[step - 1]));
            }
            followed.add(new FollowedExample(example, StepHistory.of(new StepHistory(answers, qHalts).toBytes())));
        }
        List<StepScore> scores = Scoring.of(set).bySteps(followed, STEPS);
        assertThat(scores).extracting(StepScore::step).containsExactly(1, 2, 3, 4);
        for (StepScore score : scores) {
            assertThat(score.metrics())
                    .as("step %s", score.step())
                    .isEqualTo(
                            Scoring.of(set).score(byStep.get(score.step() - 1)).metrics());
            assertThat(score.metrics().get("pass@2"))
                    .isBetween(score.interval().low(), score.interval().high());
        }
        assertThat(scores.get(0).metrics()).isNotEqualTo(scores.get(STEPS - 1).metrics());
    }

    @Test
    void an_example_that_ended_early_keeps_its_answer() throws IOException {
        PuzzleSet set =
                LooseArcSet.open(golden, golden.resolve("puzzle_identifiers.npy"), golden.resolve("inputs.npy"));
        NpyArray preds = Npy.open(golden.resolve("preds.npy"));
        List<FollowedExample> followed = new ArrayList<>();
        for (int example = 0; example < set.exampleCount(); example++) {
            long answer = StepHistory.answer(
                    set, example, tokens(preds, example, set.manifest().seqLen()));
            followed.add(new FollowedExample(example, new StepHistory(new long[] {answer}, new float[] {1})));
        }
        List<StepScore> scores = Scoring.of(set).bySteps(followed, 3);
        assertThat(scores).hasSize(3);
        assertThat(scores.get(2).metrics()).isEqualTo(scores.get(0).metrics());
    }

    @Test
    void bytes_that_are_no_step_history_are_refused() {
        assertThatThrownBy(() -> StepHistory.of(new byte[13])).hasMessageContaining("13 bytes");
        assertThatThrownBy(() -> StepHistory.of(new byte[0])).hasMessageContaining("0 bytes");
    }

    private static byte[] tokens(NpyArray preds, int example, int length) {
        byte[] tokens = new byte[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = (byte) preds.longAt(example * length + i);
        }
        return tokens;
    }
}
