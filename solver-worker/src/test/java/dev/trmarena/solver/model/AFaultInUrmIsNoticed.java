package dev.trmarena.solver.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URM's bfloat16 inside of float32 is small: the bounds of its cases see when it is left out, or at another place. */
class AFaultInUrmIsNoticed {
    private static final double FLOAT32 = 1e-3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "urm_arc | y = torch.to(torch.mul(torch.silu(gate), up), ops.prim.dtype(w)) | y, down = torch.mul(torch.silu(gate), up), torch.to(down, 6)",
                "urm_sudoku | torch.slice(torch.constant_pad_nd(y32, [0, 0, 1, 0], 0), 1, 0, -1) | torch.slice(torch.constant_pad_nd(y32, [0, 0, 0, 1], 0), 1, 1)",
                "urm_loops6 | torch.mul(self.H_cycles, self.L_cycles) | torch.mul(self.H_cycles, torch.add(self.L_cycles, 1))",
                "urm_loops6 | h = self.blocks(levels[0], torch.add(h, e), rope) | h = torch.add(self.blocks(levels[0], h, rope), e)"
            })
    void in_its_script(String name, String right, String wrong) throws IOException {
        Path golden = Golden.folder("families/" + name);
        Path weights = folder.resolve("weights.safetensors");
        CheckpointManifest manifest = Checkpoints.inspect(golden, weights);
        assertThat(deviation(golden, manifest, weights, Scripts.OURS)).isLessThanOrEqualTo(FLOAT32);
        Scripts faulty = script -> {
            String text = Scripts.OURS.read(script);
            if (script.equals("urm.torchscript")) {
                assertThat(text).contains(right);
            }
            return text.replace(right, wrong);
        };
        assertThat(deviation(golden, manifest, weights, faulty)).isGreaterThan(FLOAT32);
    }

    private static double deviation(Path golden, CheckpointManifest manifest, Path weights, Scripts scripts)
            throws IOException {
        var results = new ArrayList<StepResult>();
        try (Network network =
                ScriptNetwork.open(manifest, weights, Device.cpu(), Dtype.FLOAT32, Kernels.GENERIC, scripts)) {
            network.run(
                    Checkpoints.tokens(golden),
                    Checkpoints.identifiers(golden),
                    network.hyperParameters().haltMaxSteps(),
                    new StepOutputs(step -> false, step -> false, true, step -> false),
                    results::add);
        }
        float[] logits = results.get(results.size() - 1).logits();
        NpyArray expected = Npy.open(golden.resolve("expected_logits_steplast.npy"));
        double max = 0;
        for (int i = 0; i < logits.length; i++) {
            max = Math.max(max, Math.abs(logits[i] - expected.floatAt(i)));
        }
        return max;
    }
}
