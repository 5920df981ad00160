package dev.trmarena.solver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.trmarena.puzzles.score.Dtype;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In bfloat16 a matrix product sums in float32 or better and rounds the sum once, so that it is the exact one or, where the
 * order of the sum decides, its neighbour. A recursion makes such flips grow; one operation cannot, so this bound is tight.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KernelsRoundOnce {
    private static final int ROWS = 97;
    private static final int IN = 512;
    /** What a product has in blocks of a processor, and what it has not. */
    private static final int[] OUT = {1, 17, 33, 48, 65, 97, 100, 192};

    private static final int HEADS = 4;
    private static final int LENGTH = 65;
    private static final int HEAD = 64;
    /** Of float32: what the order of a sum of some hundred terms near 1 can change. */
    private static final double ORDER = 1e-5;
    /** Of the largest value: kernels that keep scores and shares in bfloat16 round three times on the way. */
    private static final double SCORES = Math.pow(2, -6);

    private final Random random = new Random(20);

    @ParameterizedTest
    @EnumSource
    void of_a_product(Kernels kernels) throws IOException {
        assumeTrue(kernels.runHere(), () -> "this CPU has no instructions for the kernels " + kernels);
        float[] x = normal(ROWS * IN, 1);
        for (int out : OUT) {
            float[] w = normal(out * IN, 1 / Math.sqrt(IN));
            float[] exact = linear(Kernels.EXACT, x, w, out);
            float[] given = linear(kernels, x, w, out);
            for (int i = 0; i < exact.length; i++) {
                assertThat(Math.abs(given[i] - exact[i]))
                        .as("value %d of %d wide, %s: %s, exactly %s", i, out, kernels, given[i], exact[i])
                        .isLessThanOrEqualTo((float) (spacing(exact[i]) + ORDER));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_an_attention(Kernels kernels) throws IOException {
        assumeTrue(kernels.runHere(), () -> "this CPU has no instructions for the kernels " + kernels);
        float[][] qkv = {values(), values(), values()};
        float[] exact = attend(Kernels.EXACT, qkv);
        float[] given = attend(kernels, qkv);
        double largest = 0;
        for (float value : exact) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < exact.length; i++) {
            double bound = kernels == Kernels.PACKED ? spacing(exact[i]) + ORDER : SCORES * largest;
            assertThat((double) Math.abs(given[i] - exact[i]))
                    .as("value %d of %s: %s, exactly %s", i, kernels, given[i], exact[i])
                    .isLessThanOrEqualTo(bound);
        }
    }

    /** How far apart the values of bfloat16 are there: it keeps 8 bits of float32's 24. */
    private static float spacing(float value) {
        return Math.ulp(value) * (1 << 16);
    }

    private float[] values() {
        return normal(HEADS * LENGTH * HEAD, 1);
    }

    private float[] normal(int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    private static float[] linear(Kernels kernels, float[] x, float[] w, int out) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            return run(
                    kernels, "linear", HostArrays.floats(manager, x, ROWS, IN), HostArrays.floats(manager, w, out, IN));
        }
    }

    private static float[] attend(Kernels kernels, float[][] qkv) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            NDArray[] arguments = new NDArray[qkv.length];
            for (int i = 0; i < qkv.length; i++) {
                arguments[i] = HostArrays.floats(manager, qkv[i], 1, HEADS, LENGTH, HEAD);
            }
            return run(kernels, "attend", arguments);
        }
    }

    private static float[] run(Kernels kernels, String method, NDArray... arguments) throws IOException {
        try (var probe = ScriptModule.load(
                        "probe.torchscript", "Probe", kernels, Map.of("dtype", ScriptModule.number(Dtype.BFLOAT16)));
                NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
                var scope = new IValues()) {
            IValue[] values = new IValue[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = scope.add(IValue.from((PtNDArray) arguments[i]));
            }
            NDArray result = scope.run(probe.block(), method, values).toTensor((PtNDManager) manager);
            return result.toFloatArray();
        }
    }
}
