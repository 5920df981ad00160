package dev.trmarena.solver.model;

import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What networks run on here, for people. */
public final class DeviceName {
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private DeviceName() {}

    /** {@code CPU AMD EPYC 7R13, 2 threads} or {@code GPU of compute capability 90, CUDA 124}. */
    public static String here() {
        if (Engine.getEngine("PyTorch").getGpuCount() > 0) {
            return "GPU of compute capability " + CudaUtils.getComputeCapability(0) + ", CUDA "
                    + CudaUtils.getCudaVersionString();
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
