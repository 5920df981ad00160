package dev.trmarena.solver.model;

import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import dev.trmarena.supervise.engine.Gpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What networks run on here, for people. */
public final class DeviceName {
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private DeviceName() {}

    /** {@code CPU AMD EPYC 7R13, 2 threads} or {@code NVIDIA H100 80GB HBM3, compute capability 90, CUDA 128}; by a part of it prices are found. */
    public static String here() {
        if (Engine.getEngine("PyTorch").getGpuCount() > 0) {
            String model = Gpus.here().first(System.getenv());
            return (model == null ? "GPU" : model) + ", compute capability " + CudaUtils.getComputeCapability(0)
                    + ", CUDA " + CudaUtils.getCudaVersionString();
        }
        String threads = System.getProperty(
                "ai.djl.pytorch.num_threads",
                String.valueOf(Runtime.getRuntime().availableProcessors()));
        return "CPU " + cpu() + ", " + threads + (threads.equals("1") ? " thread" : " threads");
    }

    private static String cpu() {
        try {
            for (String line : Files.readAllLines(CPUS)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).trim();
                }
            }
        } catch (IOException e) {
            // Not every system tells; the architecture is something, too.
        }
        return System.getProperty("os.arch");
    }
}
