package dev.trmarena.solver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.Bfloat16Case;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bounds of {@link Bfloat16Case} tell a network that is wrong, or rounded elsewhere, from one whose sums run in another
 * order. The case that a fault is shown by is the one that it shows in most clearly.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AFaultInBfloat16IsNoticed {
    private static final String HRM = "hrm_sapient_bf16_default";
    private static final String TRM = "trm_bf16";
    private static final String MIXER = "trm_mlp_t_bf16";
    private static final int ORDERS = 3;

    @TempDir
    static Path folder;

    private static final Map<String, Bfloat16Case> CASES = new ConcurrentHashMap<>();

    /** A mistake in a script, as somebody may make it. */
    private record Fault(String what, String script, String right, String wrong) implements Scripts {
        @Override
        public String read(String name) throws IOException {
            String text = Scripts.OURS.read(name);
            if (!name.equals(script)) {
                return text;
            }
            assertThat(text).as("script %s", name).contains(right);
            return text.replace(right, wrong);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    /** What is shown by which case. */
    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        HRM,
                        new Fault(
                                "gate and up exchanged",
                                "kernels_generic.torchscript",
                                "gate, up = torch.chunk",
                                "up, gate = torch.chunk")),
                Arguments.of(
                        HRM,
                        new Fault(
                                "the input left out",
                                "hrm.torchscript",
                                "torch.add(z_L, torch.add(z_H, e))",
                                "torch.add(z_L, z_H)")),
                Arguments.of(
                        HRM,
                        new Fault(
                                "positions turned the other way",
                                "frame.torchscript",
                                "torch.cat([torch.neg(sin), sin], -1)",
                                "torch.cat([sin, torch.neg(sin)], -1)")),
                Arguments.of(
                        HRM,
                        new Fault(
                                "the scale of the input 1 % too large",
                                "frame.torchscript",
                                "e = torch.mul(e, torch.sqrt(D))",
                                "e = torch.mul(e, torch.mul(torch.sqrt(D), 1.01))")),
                Arguments.of(
                        TRM,
                        new Fault(
                                "the scale of attention 2 % too large",
                                "kernels_generic.torchscript",
                                "scaled_dot_product_attention(q, k, v)",
                                "scaled_dot_product_attention(torch.mul(q, 1.02), k, v)")),
                Arguments.of(
                        MIXER,
                        new Fault(
                                "eps of another norm",
                                "layers.torchscript",
                                "torch.add(mean, eps)",
                                "torch.add(mean, 0.01)")),
                Arguments.of(
                        MIXER,
                        new Fault(
                                "the norm in bfloat16",
                                "layers.torchscript",
                                "x32 = torch.to(x, 6)\n  norm",
                                "x32 = x\n  norm")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void in_the_scripts(String name, Scripts fault) throws IOException {
        Bfloat16Case golden = open(name);
        assertThat(missed(golden, golden.weights(), Dtype.BFLOAT16, Kernels.GENERIC, fault))
                .as("bounds that are missed")
                .isNotEmpty();
    }

    @Test
    void so_is_a_network_that_rounds_nothing() throws IOException {
        Bfloat16Case golden = open(HRM);
        assertThat(missed(golden, golden.weights(), Dtype.FLOAT32, Kernels.GENERIC, Scripts.OURS))
                .as("bounds that are missed")
                .anyMatch(missed -> missed.contains("0.000 from float32"));
    }

    @ParameterizedTest
    @EnumSource
    void another_order_of_the_sums_is_no_fault(Kernels kernels) throws IOException {
        assumeTrue(kernels.runHere(), () -> "this CPU has no instructions for the kernels " + kernels);
        for (String name : Golden.names("models").stream()
                .filter(name -> name.contains("bf16"))
                .toList()) {
            Bfloat16Case golden = open(name);
            for (int order = 1; order <= ORDERS; order++) {
                Path weights = folder.resolve("shuffled.safetensors");
                int hidden = golden.manifest().hyperParameters().hiddenSize();
                Shuffled.write(golden.weights(), hidden, new Random(order), weights);
                assertThat(missed(golden, weights, Dtype.BFLOAT16, kernels, Scripts.OURS))
                        .as("bounds that %s misses in order %d", name, order)
                        .isEmpty();
            }
        }
    }

    private static List<String> missed(Bfloat16Case golden, Path weights, Dtype dtype, Kernels kernels, Scripts scripts)
            throws IOException {
        try (Network network = ScriptNetwork.open(golden.manifest(), weights, Device.cpu(), dtype, kernels, scripts)) {
            return golden.missed(golden.run(network));
        }
    }

    /** Opened once: its float32 is what all runs are measured by. */
    private static Bfloat16Case open(String name) {
        Golden.folder("models/" + name);
        return CASES.computeIfAbsent(name, key -> {
            try {
                return Bfloat16Case.open(key, Files.createDirectory(folder.resolve(key)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
