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
        StepResult last = results.get(results.size() - 1);
        assertThat(Deviation.of(last.logits(), golden.resolve("logits_steplast_if_ema_weights.npy"))
                        .max())
                .isLessThanOrEqualTo(TheNetworksGiveTheAuthorsNumbers.FLOAT32);
        float[] halting = Deviation.floats(golden.resolve("q_halt_if_ema_weights.npy"));
        int rows = last.qHalt().length;
        float[] atTheEnd = Arrays.copyOfRange(halting, halting.length - rows, halting.length);
        assertThat(Deviation.of(last.qHalt(), atTheEnd).max())
                .isLessThanOrEqualTo(TheNetworksGiveTheAuthorsNumbers.FLOAT32);
        assertThat(Deviation.of(last.logits(), golden.resolve("expected_logits_steplast.npy"))
                        .max())
                .as("the raw weights give other numbers")
                .isGreaterThan(TheNetworksGiveTheAuthorsNumbers.FLOAT32);
    }
}
