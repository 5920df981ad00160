package dev.trmarena.solver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.puzzles.score.Dtype;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each family has its script, and libtorch understands it, also where no verification data lies beside the project. */
class EveryScriptLoads {
    @ParameterizedTest
    @EnumSource
    void of_every_family(Architecture architecture) throws IOException {
        String script = architecture.key() + Scripts.ENDING;
        Map<String, Object> attributes = new TreeMap<>(Map.of(
                "H_cycles", 2, "L_cycles", 2, "mlp_t", false, "convolved", true, "heads", 2, "P", 1, "eps", 1e-5));
        attributes.keySet().retainAll(ScriptNetwork.attributesOf(Scripts.OURS.read(script)));
        for (Kernels kernels : Kernels.values()) {
            if (kernels.runHere()) {
                try (ScriptModule module = ScriptModule.load(script, "Recursion", kernels, attributes)) {
                    assertThat(module.block()).isNotNull();
                }
            }
        }
    }

    /** Those that can be adapted load together with what trains them, whatever network they are of. */
    @ParameterizedTest
    @EnumSource(names = {"TRM", "TRM_SINGLEZ", "TRM_HIER6", "HRM", "TRANSFORMER"})
    void with_what_trains_them(Architecture architecture) throws IOException {
        var draft = new HyperParameters.Draft();
        draft.hCycles = 2;
        draft.lCycles = 2;
        draft.numHeads = 2;
        draft.rmsNormEps = 1e-5;
        draft.posEncodings = "rope";
        draft.forwardDtype = "float32";
        Map<String, Object> frame = ScriptModule.frame(Dtype.FLOAT32, true, false);
        try (ScriptModule module = ScriptModule.load(
                List.of("frame.torchscript", architecture.key() + Scripts.ENDING, "supervision.torchscript"),
                "Supervision",
                Kernels.GENERIC,
                TrainableNetwork.attributes(architecture, draft.made(), frame, true))) {
            assertThat(module.block()).isNotNull();
        }
    }

    /** What peaks are measured by. */
    @ParameterizedTest
    @EnumSource
    void of_a_product(Kernels kernels) throws IOException {
        assumeTrue(kernels.runHere(), () -> "this CPU has no instructions for the kernels " + kernels);
        try (var product = MatrixProduct.open(kernels, Dtype.BFLOAT16, 3, 32, 16)) {
            assertThatCode(product::run).doesNotThrowAnyException();
        }
    }
}
