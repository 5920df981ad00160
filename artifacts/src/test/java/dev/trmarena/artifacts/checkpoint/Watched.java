package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Inspects a file and holds the inspection to its promises: it ends in a manifest or in {@link BadCheckpoint}, soon, with
 * bounded memory, and leaves nothing but the weights of an accepted checkpoint.
 */
final class Watched {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MAX_NANOS = 2_000_000_000L;
    /** All that is ever allocated, freed or not; the heap in use at one time is a fraction of it. */
    private static final long MAX_ALLOCATED = 64L << 20;

    private final Path home;
    private final Path folder;
    private long slowestNanos;
    private long mostAllocated;
    private int accepted;
    private int refused;

    /** @param home empty; nothing may appear in it but the inspected file and the folder that the inspection was given */
    Watched(Path home) throws IOException {
        this.home = home;
        this.folder = Files.createDirectory(home.resolve("given"));
    }

    /** @param what for the failure message, with the seed */
    @Nullable
    BadCheckpoint inspect(byte[] bytes, Configuration configuration, String what) throws IOException {
        Path file = Files.write(home.resolve("step_1"), bytes);
        Path out = folder.resolve("weights.safetensors");
        long processor = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        BadCheckpoint bad = null;
        try {
            CheckpointManifest manifest = CheckpointInspection.convert(file, "step_1", configuration, out);
            assertThat(manifest.tensorDigest()).as(what).hasSize(64);
            accepted++;
        } catch (BadCheckpoint e) {
            assertThat(e.remedy()).as(what).isNotBlank();
            bad = e;
            refused++;
        } catch (Throwable e) {
            fail(what + " ended in " + e, e);
        }
        // Processor time: what others do on this machine is not the inspection's fault.
        long nanos = THREADS.getCurrentThreadCpuTime() - processor;
        allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        slowestNanos = Math.max(slowestNanos, nanos);
        mostAllocated = Math.max(mostAllocated, allocated);
        assertThat(nanos).as("nanoseconds of %s", what).isLessThan(MAX_NANOS);
        assertThat(allocated).as("bytes allocated by %s", what).isLessThan(MAX_ALLOCATED);
        assertThat(left())
                .as("left by %s", what)
                .isEqualTo(
                        bad == null
                                ? Set.of("given", "given/weights.safetensors", "step_1")
                                : Set.of("given", "step_1"));
        Files.deleteIfExists(out);
        return bad;
    }

    private Set<String> left() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> !file.equals(home))
                    .map(file -> home.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    int accepted() {
        return accepted;
    }

    int refused() {
        return refused;
    }

    @Override
    public String toString() {
        return accepted + " accepted, " + refused + " refused, the slowest took " + slowestNanos / 1_000_000
                + " ms, the largest allocated " + mostAllocated / 1024 + " KiB";
    }
}
