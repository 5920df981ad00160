package dev.trmarena.supervise.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an engine that was loaded says of itself and its machine.
 *
 * @param pytorch its version
 * @param djl the version of DJL
 * @param libtorch the folder that the libraries came from
 * @param capabilities what they are built with, as DJL names it: {@code MKLDNN}, {@code CUDA}
 * @param gpus that it can use
 * @param device what networks run on, for people
 * @param memoryBytes that a network may take there; null where that is not known
 * @param kernels the fastest for each type: {@code float32} to {@code packed}
 */
public record EngineReport(
        String pytorch,
        String djl,
        String libtorch,
        List<String> capabilities,
        int gpus,
        String device,
        @Nullable Long memoryBytes,
        Map<String, String> kernels) {
    public EngineReport {
        capabilities = List.copyOf(capabilities);
        kernels = Map.copyOf(kernels);
    }
}
