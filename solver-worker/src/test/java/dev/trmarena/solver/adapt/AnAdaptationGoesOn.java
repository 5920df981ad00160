package dev.trmarena.solver.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.artifacts.checkpoint.TrainerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One that was kept and taken up elsewhere gives the numbers of one that nothing stopped, to the last bit; and one that cannot says why. */
class AnAdaptationGoesOn {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rows_att", "full_hrm_q_continue"})
    void from_where_it_was_kept(String name) throws IOException {
        AdaptCase golden = AdaptCase.open(name, folder);
        Path kept = folder.resolve("kept.safetensors");
        List<StepReport> unbroken = new ArrayList<>();
        List<StepReport> taken = new ArrayList<>();
        try (Adaptation first = golden.begin();
                Adaptation second = golden.begin()) {
            for (int step = 1; step <= 12; step++) {
                StepReport report = first.step(golden.batch(step));
                if (step == 5) {
                    KeptAdaptation.write(first, kept);
                    KeptAdaptation.read(kept, second);
                    assertThat(second.steps()).isEqualTo(5);
                } else if (step > 5) {
                    unbroken.add(report);
                    taken.add(second.step(golden.batch(step)));
                }
            }
            assertThat(taken).usingRecursiveComparison().isEqualTo(unbroken);
            assertThat(AdaptCase.values(second.rows())).isEqualTo(AdaptCase.values(first.rows()));
            assertThat(second.weights(false)).usingRecursiveComparison().isEqualTo(first.weights(false));
            if (golden.settings().ema() && !golden.settings().freezeWeights()) {
                assertThat(second.weights(true)).usingRecursiveComparison().isEqualTo(first.weights(true));
                assertThat(second.weights(true).get("lm_head.weight"))
                        .isNotEqualTo(second.weights(false).get("lm_head.weight"));
            }
        }
    }

    @Test
    void until_the_loss_is_no_number() throws IOException {
        AdaptCase golden = AdaptCase.open("rows_att", folder);
        TrainerSettings own = golden.settings();
        var wild = new TrainerSettings(
                own.lr(), 1e38, own.weightDecay(), 0, 0, 1, own.beta1(), own.beta2(), false, 0, true, 0, 20);
        try (Adaptation adaptation = golden.begin(wild)) {
            adaptation.step(golden.batch(1));
            float[] before = AdaptCase.values(adaptation.rows());
            assertThatThrownBy(() -> adaptation.step(golden.batch(2)))
                    .isInstanceOfSatisfying(TrainingDiverged.class, diverged -> assertThat(diverged.step())
                            .isEqualTo(2))
                    .hasMessageContaining("step 2: lm_loss is NaN")
                    .hasMessageContaining("puzzle_emb_lr");
            assertThat(AdaptCase.values(adaptation.rows())).isEqualTo(before);
        }
    }

    @Test
    void not_beyond_its_schedule_or_with_another_number_of_slots() throws IOException {
        AdaptCase golden = AdaptCase.open("rows_att", folder);
        try (Adaptation adaptation = golden.begin()) {
            adaptation.step(golden.batch(1));
            Batch batch = golden.batch(2);
            var fewer = new Batch(new int[][] {batch.inputs()[0]}, new int[][] {batch.labels()[0]}, new int[] {1});
            assertThatThrownBy(() -> adaptation.step(fewer)).hasMessageContaining("there are 6 slots");
            for (int step = 2; step <= 20; step++) {
                adaptation.step(golden.batch(step));
            }
            assertThatThrownBy(() -> adaptation.step(golden.batch(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the schedule ends with step 20");
        }
    }
}
