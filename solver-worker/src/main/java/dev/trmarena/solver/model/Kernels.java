package dev.trmarena.solver.model;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.trmarena.puzzles.score.Dtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the matrix products and the attention run on; the one place that decides it. All give the same numbers, up to the order
 * in which a machine sums.
 */
public enum Kernels {
    /** libtorch's own choice, on any device. */
    GENERIC("kernels_generic.torchscript"),
    /** oneDNN with packed weights, in float32; results of other types are rounded to them. */
    PACKED("kernels_packed.torchscript"),
    /** oneDNN with packed weights, in the bfloat16 of the CPU. */
    BFLOAT16("kernels_bfloat16.torchscript"),
    /** float64, each result rounded once to the type: no machine's order of sums shows. What the others are measured by; slow. */
    EXACT("kernels_exact.torchscript");

    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

    private final String script;

    Kernels(String script) {
        this.script = script;
    }

    /** As people and messages name them. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String script() {
        return script;
    }

    /**
     * Rows of so many positions that run together fastest: measured on a CPU, whose caches then keep what passes between layers, twice as
     * many values of half the size.
     */
    int rowsTogether(int positions) {
        return switch (this) {
            case GENERIC, EXACT -> Integer.MAX_VALUE;
            case PACKED -> Math.max(1, 256 / positions);
            case BFLOAT16 -> Math.max(1, 512 / positions);
        };
    }

    /** The fastest that this device has for this type. */
    static Kernels choose(Device device, Dtype dtype) {
        if (device.isGpu() || !PACKED.runHere()) {
            return GENERIC;
        }
        return dtype == Dtype.BFLOAT16 && BFLOAT16.runHere() ? BFLOAT16 : PACKED;
    }

    /** Whether this CPU and this build of libtorch have them. */
    public boolean runHere() {
        return switch (this) {
            case GENERIC, EXACT -> true;
            case PACKED -> Probes.PACKED;
            case BFLOAT16 -> Probes.BFLOAT16;
        };
    }

    /** Found once, by packing a small matrix. */
    private static final class Probes {
        static final boolean PACKED = packs(Kernels.PACKED, Dtype.FLOAT32);
        static final boolean BFLOAT16 = bfloat16Instructions() && packs(Kernels.BFLOAT16, Dtype.BFLOAT16);

        private static boolean packs(Kernels kernels, Dtype dtype) {
            try (var frame = ScriptModule.load(
                            "frame.torchscript", "Frame", kernels, ScriptModule.frame(dtype, true, false));
                    NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
                    var scope = new IValues()) {
                IValue weights = scope.add(IValue.listFrom(HostArrays.floats(manager, new float[64 * 64], 64, 64)));
                IValue dtypes = scope.add(IValue.listFrom((long) ScriptModule.number(dtype)));
                scope.run(frame.block(), "pack", weights, dtypes);
                return true;
            } catch (IOException | EngineException e) {
                LOG.info("no {} kernels here: {}", kernels, e.getMessage());
                return false;
            }
        }

        /** oneDNN also takes CPUs that only imitate bfloat16; those are faster in float32. */
        private static boolean bfloat16Instructions() {
            Path cpus = Path.of("/proc/cpuinfo");
            try {
                String text = Files.isReadable(cpus) ? Files.readString(cpus) : "";
                return text.contains("avx512_bf16") || text.contains("amx_bf16");
            } catch (IOException e) {
                LOG.debug("cannot read {}", cpus, e);
                return false;
            }
        }
    }
}
