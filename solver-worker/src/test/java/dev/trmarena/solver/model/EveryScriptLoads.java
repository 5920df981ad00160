package dev.trmarena.solver.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.checkpoint.Architecture;
import java.io.IOException;
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
}
