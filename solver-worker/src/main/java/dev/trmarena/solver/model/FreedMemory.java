package dev.trmarena.solver.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * What a network's layers free, they ask for again a moment later. glibc hands it to the system in between, and each page of 4 kB
 * then costs a fault: on a virtual machine up to 10 µs, three quarters of the time of a step.
 */
final class FreedMemory {
    /** Just below the most, 32 MB, that glibc learns from. */
    private static final long LEARNT_FROM = (1 << 25) - (1 << 16);

    private static boolean kept;

    private FreedMemory() {}

    /**
     * Makes this process keep it. glibc raises its thresholds to the largest block that was ever freed, and keeps twice as much before it gives
     * back any (mallopt(3), {@code M_MMAP_THRESHOLD}); so one large block is freed, which nobody wrote to. Elsewhere this does nothing.
     */
    static synchronized void keep() {
        if (kept) {
            return;
        }
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            manager.create(new Shape(LEARNT_FROM), DataType.INT8).close();
        }
        kept = true;
    }
}
