package dev.trmarena.leaderboard.finish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.checkpoint.RowLikeness;
import dev.trmarena.leaderboard.finish.WeighCanary.Setting;
import dev.trmarena.leaderboard.finish.WeighCanary.Weighed;
import dev.trmarena.messages.CanaryVerdict;
import dev.trmarena.puzzles.score.Dtype;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What follows from which numbers, without a network; the numbers of cycles are those of {@code docs/canary.md}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ACanaryIsWeighed {
    private static final UUID EVALUATION = new UUID(0, 1);
    private static final RowLikeness IN_ORDER = new RowLikeness(0.34, 0.13);
    private static final RowLikeness SHUFFLED = new RowLikeness(0.15, 0.15);

    /** Measured on arc_easy14, whose own L_cycles is 2, by L_cycles. */
    private static final Map<Integer, Integer> MEASURED = Map.of(1, 29, 2, 38, 3, 27, 4, 25, 5, 24, 6, 23);

    private @Nullable RowLikeness rows = IN_ORDER;
    private Architecture architecture = Architecture.TRM;
    private String chosen = "";
    private boolean mayCompare = true;
    private int examples = 64;

    @Test
    void three_quarters_fit_and_nothing_is_compared() {
        assertThat(weighed(own(2), each -> 48).verdict()).isEqualTo(CanaryVerdict.FITS);
        assertThat(asked(own(2), each -> 48)).hasSize(1);
        assertThat(weighed(own(2), each -> 47).verdict()).isEqualTo(CanaryVerdict.LOW);
    }

    @Test
    void right_cycles_of_an_early_checkpoint_are_low_without_a_cause() {
        Weighed low = weighed(own(2), ACanaryIsWeighed::measured);
        assertThat(low.verdict()).isEqualTo(CanaryVerdict.LOW);
        assertThat(low.suspect()).isFalse();
        assertThat(low.evidence()).contains("none of 3 other settings", "an early checkpoint");
    }

    @Test
    void wrong_cycles_are_found_step_by_step_from_neighbour_to_neighbour() {
        for (int wrong : List.of(1, 3, 4, 5, 6)) {
            Weighed weighed = weighed(own(wrong), ACanaryIsWeighed::measured);
            assertThat(weighed.verdict()).as("L_cycles %s", wrong).isEqualTo(CanaryVerdict.CYCLES);
            assertThat(weighed.suspect()).isTrue();
            assertThat(weighed.evidence()).contains("with L_cycles=2 it is 38");
            assertThat(weighed.remedy()).contains("--puzzles my-set --set L_cycles=2");
        }
        Weighed high = weighed(new Setting(Dtype.FLOAT32, 2, 2), ACanaryIsWeighed::measured);
        assertThat(high.remedy()).contains("--set H_cycles=1");
    }

    @Test
    void a_little_more_is_chance() {
        assertThat(weighed(own(2), each -> each.equals(own(2)) ? 30 : 33).verdict())
                .isEqualTo(CanaryVerdict.LOW);
        assertThat(weighed(own(2), each -> each.equals(own(2)) ? 30 : 34).verdict())
                .isEqualTo(CanaryVerdict.CYCLES);
    }

    @Test
    void comparing_ends() {
        int[] rising = {0};
        assertThat(asked(own(2), each -> each.equals(own(2)) ? 0 : ++rising[0])).hasSize(WeighCanary.MOST_SETTINGS);
        assertThat(asked(own(1), each -> 5).keySet())
                .as("no cycles below 1")
                .allMatch(each -> each.lCycles() >= 1 && each.hCycles() >= 1);
        architecture = Architecture.TRM_HIER6;
        assertThat(asked(own(6), each -> 5).keySet())
                .as("as many as it has states")
                .allMatch(each -> each.lCycles() <= 6);
        architecture = Architecture.TRANSFORMER;
        assertThat(asked(own(1), each -> 5)).as("it has no cycles").hasSize(1);
    }

    @Test
    void without_comparing_it_says_how_to() {
        mayCompare = false;
        assertThat(asked(own(3), ACanaryIsWeighed::measured)).hasSize(1);
        Weighed low = weighed(own(3), ACanaryIsWeighed::measured);
        assertThat(low.verdict()).isEqualTo(CanaryVerdict.LOW);
        assertThat(low.remedy()).contains("rerun " + EVALUATION + " --again --stop-if-suspect");
    }

    @Test
    void another_dtype_is_compared_where_it_is_not_the_checkpoints() {
        var half = new Setting(Dtype.FLOAT16, 1, 2);
        Weighed weighed = weighed(half, each -> each.dtype() == Dtype.FLOAT32 ? 60 : 40);
        assertThat(weighed.verdict()).isEqualTo(CanaryVerdict.DTYPE);
        assertThat(weighed.remedy()).contains("rerun " + EVALUATION + " --dtype float32");
    }

    @Test
    void shuffled_rows_are_known_at_once() {
        rows = SHUFFLED;
        assertThat(asked(own(2), each -> 4)).as("nothing else is tried").hasSize(1);
        Weighed weighed = weighed(own(2), each -> 4);
        assertThat(weighed.verdict()).isEqualTo(CanaryVerdict.ROWS);
        assertThat(weighed.evidence()).contains("no more alike", "0.15");
        assertThat(weighed.remedy()).contains("./arena puzzles build --from arc");
        assertThat(weighed(own(2), each -> 5).verdict())
                .as("no shuffled rows solve so many")
                .isEqualTo(CanaryVerdict.LOW);
    }

    @Test
    void rows_of_other_tasks_and_rows_that_were_never_trained_are_told_apart() {
        Weighed moved = weighed(own(2), each -> 0);
        assertThat(moved.verdict()).isEqualTo(CanaryVerdict.ROWS);
        assertThat(moved.evidence()).contains("other subsets, or in another order", "0.34");
        rows = null;
        assertThat(weighed(own(2), each -> 0).evidence()).contains("never trained");
    }

    @Test
    void raw_weights_are_suspect_where_nothing_else_explains_it() {
        chosen = "model (raw, 30 tensors)";
        // As measured: 22, where the averaged weights of the same file solve 36.
        Weighed raw = weighed(own(2), each -> 22);
        assertThat(raw.verdict()).isEqualTo(CanaryVerdict.WEIGHTS);
        assertThat(raw.remedy()).contains("--weights ema");
        assertThat(weighed(own(3), ACanaryIsWeighed::measured).verdict()).isEqualTo(CanaryVerdict.CYCLES);
        chosen = "ema (EMA, 30 tensors)";
        assertThat(weighed(own(2), each -> 36).verdict()).isEqualTo(CanaryVerdict.LOW);
    }

    @Test
    void a_few_demonstrations_tell_nothing() {
        examples = 15;
        Weighed few = weighed(own(2), each -> 0);
        assertThat(few.verdict()).isNull();
        assertThat(few.suspect()).isFalse();
        assertThat(asked(own(2), each -> 0)).hasSize(1);
    }

    private static Setting own(int lCycles) {
        return new Setting(Dtype.FLOAT32, 1, lCycles);
    }

    /** With 2 H_cycles 23 were solved, and 18 with 3 L_cycles besides; others, which were not measured, are taken to solve as few. */
    private static int measured(Setting setting) {
        if (setting.hCycles() == 1) {
            return MEASURED.getOrDefault(setting.lCycles(), 18);
        }
        return setting.equals(new Setting(Dtype.FLOAT32, 2, 2)) ? 23 : 18;
    }

    private Weighed weighed(Setting own, ToIntFunction<Setting> network) {
        return weigh(asked(own, network)).verdict(EVALUATION);
    }

    /** All settings that it is asked for, and what was solved with each. */
    private Map<Setting, Integer> asked(Setting own, ToIntFunction<Setting> network) {
        Map<Setting, Integer> solved = new LinkedHashMap<>();
        solved.put(own, network.applyAsInt(own));
        List<Setting> wanted = weigh(solved).wanted(1);
        while (!wanted.isEmpty()) {
            wanted.forEach(each -> solved.put(each, network.applyAsInt(each)));
            wanted = weigh(solved).wanted(solved.size());
        }
        return solved;
    }

    private WeighCanary weigh(Map<Setting, Integer> solved) {
        return new WeighCanary(checkpoint(), examples, solved, mayCompare, "my-set", () -> Optional.ofNullable(rows));
    }

    private CheckpointManifest checkpoint() {
        var draft = new HyperParameters.Draft();
        draft.hiddenSize = 64;
        draft.numHeads = 2;
        draft.headSize = 32;
        draft.expansion = 4;
        draft.hCycles = 1;
        draft.lCycles = 2;
        draft.lLayers = 2;
        draft.haltMaxSteps = 4;
        draft.posEncodings = "rope";
        draft.ropeTheta = 10_000;
        draft.rmsNormEps = 1e-5;
        draft.puzzleEmbNdim = 64;
        draft.puzzleEmbLen = 16;
        draft.forwardDtype = "float32";
        draft.vocabSize = 12;
        draft.identifierCount = 109;
        Map<String, String> sources = chosen.isEmpty() ? Map.of() : Map.of("weights", chosen);
        return new CheckpointManifest(architecture, draft.made(), sources, List.of(), List.of(), "", "", "", 1, 1, 1);
    }
}
