package dev.trmarena.solver.model;

import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.puzzles.score.Dtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the scripts of a network as files that {@code torch.jit.load} reads, for measuring it where Java is not: the same text that
 * {@link Networks#open} runs.
 */
public final class ExportNetwork {
    private ExportNetwork() {}

    /**
     * How the scripts want the tensors of the safetensors file.
     *
     * @param frame what {@code Frame.cast} gets, in its order; an empty name stands for an empty tensor
     * @param states likewise: what the states begin as
     * @param levels what {@code Frame.pack} gets for each level
     */
    public record Order(List<String> frame, List<String> states, List<List<String>> levels) {}

    /**
     * Writes {@code recursion.pt}, and for each type {@code frame_float32.pt} and so on.
     *
     * @param kernels {@link Kernels#GENERIC}, or others where the device has them
     * @throws IllegalArgumentException for families whose blocks are not plain lists of matrices of one type
     */
    public static Order write(CheckpointManifest manifest, Kernels kernels, Path folder) throws IOException {
        Architecture architecture = manifest.architecture();
        HyperParameters hyper = manifest.hyperParameters();
        if (architecture.levels().isEmpty() || hyper.convolution() != null) {
            throw new IllegalArgumentException("the blocks of " + architecture.key() + " are not plain matrices");
        }
        Architecture.Ends ends = architecture.ends();
        for (Dtype dtype : Dtype.values()) {
            Files.write(
                    folder.resolve("frame_" + dtype.key() + ".pt"),
                    ScriptModule.zip(
                            Scripts.OURS,
                            "frame.torchscript",
                            "Frame",
                            kernels,
                            ScriptModule.frame(dtype, ends.scaled(), ends.pooled())));
        }
        String script = architecture.key() + Scripts.ENDING;
        Files.write(
                folder.resolve("recursion.pt"),
                ScriptModule.zip(
                        Scripts.OURS,
                        script,
                        "Recursion",
                        kernels,
                        ScriptNetwork.attributes(hyper, Scripts.OURS.read(script))));
        return new Order(
                Weights.ofFrame(ends, hyper),
                architecture.initialStates(),
                architecture.levels().stream()
                        .map(level -> Weights.ofLevel(level, hyper))
                        .toList());
    }
}
