package dev.trmarena.solver.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.checkpoint.TrainerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With frozen weights a row becomes the same, whatever other rows are adapted beside it: so solvers may share them out. */
class RowsAdaptByThemselves {
    private static final int STEPS = 40;
    private static final int SLOTS_A_ROW = 2;

    @TempDir
    Path folder;

    @Test
    void alone_as_together() throws IOException {
        AdaptCase golden = AdaptCase.open("rows_att", folder);
        TrainerSettings settings = constant(golden.settings());
        int[] all = {1, 2, 3, 4, 5, 6};
        Rows together = adapted(golden, settings, all);
        float[] before = golden.meanRows().row(1);
        for (int row : all) {
            float[] alone = adapted(golden, settings, row).row(row);
            assertThat(alone).isEqualTo(together.row(row)).isNotEqualTo(before);
        }
        assertThat(together.row(1)).isNotEqualTo(together.row(2));
    }

    /** At a constant rate: a schedule counts the steps of all, not those of a row. */
    private static TrainerSettings constant(TrainerSettings from) {
        return new TrainerSettings(
                from.lr(),
                from.puzzleEmbLr(),
                from.weightDecay(),
                from.puzzleEmbWeightDecay(),
                0,
                1,
                from.beta1(),
                from.beta2(),
                false,
                from.emaRate(),
                true,
                0,
                STEPS);
    }

    private static Rows adapted(AdaptCase golden, TrainerSettings settings, int... rows) throws IOException {
        try (Adaptation adaptation = golden.begin(settings)) {
            for (int step = 1; step <= STEPS; step++) {
                adaptation.step(batch(golden, step, rows));
            }
            return adaptation.rows();
        }
    }

    /** What a row is shown in a step depends on the row and the step alone. */
    private static Batch batch(AdaptCase golden, int step, int... rows) throws IOException {
        int count = rows.length * SLOTS_A_ROW;
        int[][] inputs = new int[count][];
        int[][] labels = new int[count][];
        int[] identifiers = new int[count];
        int length = golden.batch(1).inputs()[0].length;
        int vocabulary = golden.manifest().hyperParameters().vocabSize();
        for (int slot = 0; slot < count; slot++) {
            identifiers[slot] = rows[slot / SLOTS_A_ROW];
            var draws = new SplittableRandom(1000L * identifiers[slot] + 10L * step + slot % SLOTS_A_ROW);
            inputs[slot] = draws.ints(length, 0, vocabulary).toArray();
            labels[slot] = Arrays.stream(inputs[slot])
                    .map(token -> (token + 1) % vocabulary)
                    .toArray();
        }
        return new Batch(inputs, labels, identifiers);
    }
}
