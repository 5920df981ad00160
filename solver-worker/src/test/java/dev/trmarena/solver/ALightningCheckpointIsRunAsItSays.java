package dev.trmarena.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.golden.Golden;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import dev.trmarena.solver.model.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Lightning wrote, without any configuration: with the averages that it keeps beside the raw weights. */
class ALightningCheckpointIsRunAsItSays {
    /**
     * The raw weights were chosen so that rounding stays small; the averages are what came of them. With those, what a processor
     * rounds otherwise is 1e-5 of a halting logit after two steps, and was 1.2e-3 of a logit after four.
     */
    private static final int ALIKE_STEPS = 2;

    private static final double ALIKE = 1e-4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"nano_att", "nano_mlp_t", "nano_board_2d"})
    void with_its_averaged_weights(String name) throws IOException {
        Path golden = Golden.folder("families/" + name);
        Path weights = folder.resolve("weights.safetensors");
        CheckpointManifest manifest = CheckpointInspection.convert(
                golden.resolve("last.ckpt"),
                "last.ckpt",
                new Configuration(null, null, null, Map.of("weights", "ema")),
                weights);
        var results = new ArrayList<StepResult>();
        try (Network network = Networks.open(manifest, weights)) {
            network.run(
                    Checkpoints.tokens(golden),
                    Checkpoints.identifiers(golden),
                    network.hyperParameters().haltMaxSteps(),
                    Bfloat16Case.EVERY_STEP,
                    results::add);
        }
        float[] halting = Deviation.floats(golden.resolve("q_halt_if_ema_weights.npy"));
        for (int step = 0; step < ALIKE_STEPS; step++) {
            float[] ours = results.get(step).qHalt();
            float[] theirs = Arrays.copyOfRange(halting, step * ours.length, (step + 1) * ours.length);
            assertThat(Deviation.of(ours, theirs).max()).as("step %d", step + 1).isLessThanOrEqualTo(ALIKE);
        }
        float[] logits = results.get(results.size() - 1).logits();
        double ofTheRaw = Deviation.of(logits, golden.resolve("expected_logits_steplast.npy"))
                .max();
        assertThat(ofTheRaw).as("the raw weights give other numbers").isGreaterThan(1);
        assertThat(Deviation.of(logits, golden.resolve("logits_steplast_if_ema_weights.npy"))
                        .max())
                .isLessThanOrEqualTo(ofTheRaw / 100);
    }
}
