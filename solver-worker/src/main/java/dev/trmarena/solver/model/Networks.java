package dev.trmarena.solver.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.puzzles.score.Dtype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Opens networks on the best device of this machine: its first GPU, else the CPU. */
public final class Networks {
    private Networks() {}

    /**
     * In the checkpoint's own {@code forward_dtype}.
     *
     * @param weights the canonical safetensors that the manifest speaks of
     * @throws IOException when the weights cannot be read
     * @throws IllegalArgumentException when no solver runs such a network
     */
    public static Network open(CheckpointManifest manifest, Path weights) throws IOException {
        return open(manifest, weights, null, null);
    }

    /**
     * @param dtype what to compute in; null for the checkpoint's own {@code forward_dtype}
     * @param kernels null for the fastest of this machine
     */
    public static Network open(
            CheckpointManifest manifest, Path weights, @Nullable Dtype dtype, @Nullable Kernels kernels)
            throws IOException {
        FreedMemory.keep();
        Device device = device();
        Dtype computed =
                dtype != null ? dtype : Dtype.of(manifest.hyperParameters().forwardDtype());
        Kernels chosen = kernels != null ? kernels : Kernels.choose(device, computed);
        return ScriptNetwork.open(manifest, weights, device, computed, chosen, Scripts.OURS);
    }

    /** The fastest kernels of this machine for each type, by the keys of both. */
    public static Map<String, String> kernels() {
        var chosen = new TreeMap<String, String>();
        for (Dtype dtype : Dtype.values()) {
            chosen.put(dtype.key(), Kernels.choose(device(), dtype).key());
        }
        return chosen;
    }

    static Device device() {
        return Engine.getEngine("PyTorch").getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
    }
}
