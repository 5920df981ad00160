package dev.trmarena.ingest.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits as they are shipped: what authors published passes on every published set, what never ends does not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryPublishedModelIsWithinTheLimits {
    private static final Protocol AUTHORS = new Protocol(16, Dtype.BFLOAT16, null, false, false);

    /** Of {@link WorkLimitConfig}, which annotations alone can say; {@code AnInspectionUsesNothingUp} holds the service to them. */
    private final WorkLimit shipped = new WorkLimit(4E12, 1E19, "");

    enum Published {
        TRM_ARC_AND_MAZE(3, 4, 0, 2, false),
        TRM_SUDOKU_ATTENTION(3, 6, 0, 2, false),
        TRM_SUDOKU_MLP(3, 6, 0, 2, true),
        HRM(2, 2, 4, 4, false);

        private final HyperParameters hyper;

        Published(int hCycles, int lCycles, int hLayers, int lLayers, boolean mlp) {
            hyper = network(512, hCycles, lCycles, hLayers, lLayers, mlp);
        }
    }

    /** With as many examples as the set has rows: more than any of them evaluates. */
    @ParameterizedTest
    @EnumSource
    void on_every_published_set(Published model) {
        for (PuzzleSetRow set : new PuzzleSetRow[] {
            set("arc-agi-1", 900, 876_406),
            set("arc-agi-2", 900, 1_191_730),
            set("sudoku-extreme", 81, 422_786),
            set("maze-hard", 900, 1_000)
        }) {
            assertThatCode(() -> shipped.check(model.hyper, set, AUTHORS, set.exampleCount(), 0))
                    .doesNotThrowAnyException();
            assertThat(shipped.stepProblem(model.hyper, set)).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TRM_ARC_AND_MAZE, 900, 876406, 2.3E11, 3.2E18",
        "TRM_ARC_AND_MAZE, 900, 1191730, 2.3E11, 4.3E18",
        "HRM, 900, 1191730, 1.8E11, 3.4E18",
        "TRM_SUDOKU_ATTENTION, 81, 422786, 2.7E10, 1.8E17",
        "TRM_SUDOKU_MLP, 81, 422786, 2.1E10, 1.4E17"
    })
    void the_numbers_of_the_decision(Published model, int tokens, int examples, double step, double all) {
        double each = EstimateOperations.ofStep(model.hyper, tokens);
        assertThat(each).isCloseTo(step, within(step / 10));
        assertThat(each * AUTHORS.steps() * examples).isCloseTo(all, within(all / 10));
    }

    /** The Sudoku checkpoint of the demo with {@code H_cycles=1000, L_cycles=1000}. */
    @Test
    void a_step_that_takes_days_is_refused_with_both_numbers() {
        HyperParameters monster = network(128, 1000, 1000, 0, 2, true);
        assertThatThrownBy(() -> shipped.check(monster, set("my-sudoku", 81, 300), AUTHORS, 300, 0))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.problem().status()).isEqualTo(422);
                    assertThat(refusal.problem().problem())
                            .contains("'my-sudoku'")
                            .matches(".* is \\d\\.\\dE1[34] operations, more than the 4\\.0E12 that it may be");
                    assertThat(refusal.problem().remedy()).contains("H_cycles is 1000", "arena.limit.step-operations");
                });
    }

    @Test
    void an_evaluation_of_too_many_steps_is_refused_by_all_its_factors() {
        var steps = new Protocol(1024, Dtype.BFLOAT16, null, false, false);
        assertThatThrownBy(() -> shipped.check(
                        Published.TRM_ARC_AND_MAZE.hyper, set("arc-agi-1", 900, 876_406), steps, 876_406, 0))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(
                                refusal.problem().problem())
                        .contains("2.0E20 operations", "1024 steps", "876406 examples", "more than the 1.0E19"));
    }

    @Test
    void a_set_may_have_a_limit_of_its_own() {
        var limits = new WorkLimit(4E12, 1E15, "arc-agi-1 = 1E20, small=2E10");
        PuzzleSetRow arc = set("arc-agi-1", 900, 876_406);
        assertThatCode(() -> limits.check(Published.HRM.hyper, arc, AUTHORS, arc.exampleCount(), 0))
                .doesNotThrowAnyException();
        assertThat(limits.mostOperations("other")).isEqualTo(1E15);
        assertThatThrownBy(() -> limits.check(Published.HRM.hyper, set("small", 81, 1), AUTHORS, 1, 0))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().remedy()).contains("arena.limit.set-operations"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arc", "arc = much", "arc = -1", " = 1E9", "arc = NaN"})
    void what_is_no_limit_ends_the_start(String sets) {
        assertThatThrownBy(() -> new WorkLimit(1, 1, sets))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arena.limit.set-operations")
                .hasMessageContaining("arc-agi-1 = 1E20");
    }

    private static HyperParameters network(int width, int hCycles, int lCycles, int hLayers, int lLayers, boolean mlp) {
        var draft = new HyperParameters.Draft();
        draft.hiddenSize = width;
        draft.numHeads = 8;
        draft.headSize = width / 8;
        draft.expansion = 4;
        draft.hCycles = hCycles;
        draft.lCycles = lCycles;
        draft.hLayers = hLayers;
        draft.lLayers = lLayers;
        draft.haltMaxSteps = 16;
        draft.mlpT = mlp;
        draft.posEncodings = mlp ? "none" : "rope";
        draft.ropeTheta = 10000;
        draft.rmsNormEps = 1e-5;
        draft.puzzleEmbNdim = width;
        draft.puzzleEmbLen = 16;
        draft.forwardDtype = "bfloat16";
        draft.vocabSize = 12;
        draft.identifierCount = 1;
        return draft.made();
    }

    private static PuzzleSetRow set(String name, int tokens, int examples) {
        return new PuzzleSetRow(
                new UUID(0, 0), name, "sudoku", "0".repeat(64), tokens, 12, examples, examples, examples);
    }
}
