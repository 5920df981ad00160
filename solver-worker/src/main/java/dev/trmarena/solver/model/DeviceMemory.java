package dev.trmarena.solver.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much memory a network may take here. */
public final class DeviceMemory {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceMemory.class);

    private DeviceMemory() {}

    /**
     * On a GPU its memory; else that of this machine, or of the container when it has a limit (control groups), without what this JVM
     * may take for itself.
     *
     * @param sharers solvers that are on this machine
     * @return bytes of one of them; null where the system does not tell
     */
    public static @Nullable Long here(int sharers) {
        if (sharers < 1) {
            throw new IllegalArgumentException("ARENA_SOLVERS_HERE is " + sharers + ": this solver is here, too");
        }
        try {
            if (Engine.getEngine("PyTorch").getGpuCount() > 0) {
                return CudaUtils.getGpuMemory(Device.gpu(0)).getMax() / sharers;
            }
            if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine) {
                return Math.max(
                        0,
                        machine.getTotalMemorySize() / sharers
                                - Runtime.getRuntime().maxMemory());
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the memory of this device is not known: {}", String.valueOf(e));
        }
        return null;
    }
}
