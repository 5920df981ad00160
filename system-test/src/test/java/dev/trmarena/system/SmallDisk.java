package dev.trmarena.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A filesystem in memory that is small enough to be filled; where mounting is refused, the folder stays what it is. */
final class SmallDisk implements AutoCloseable {
    private static final int MEGABYTES = 64;
    private static final int QUIET_LOOKS = 10;
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final boolean mounted;

    private SmallDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    static SmallDisk on(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        boolean mounted =
                succeeds("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m,mode=700", "tmpfs", folder.toString());
        return new SmallDisk(folder, mounted);
    }

    /** Takes all the space but so many bytes, until it is closed; skips the test when there is no small disk. */
    Filler fill(long left) throws IOException {
        assumeTrue(mounted, "this user may not mount a small filesystem (as root, with CAP_SYS_ADMIN, it works)");
        Path file = folder.resolve("filler");
        byte[] block = new byte[1 << 16];
        try (var out = Files.newOutputStream(file)) {
            // What others free meanwhile is taken too, until they have freed nothing for a while.
            var quiet = new AtomicInteger();
            await("nobody frees space any more")
                    .atMost(PATIENCE)
                    .pollInterval(LOOK_EVERY)
                    .until(() -> {
                        long bytes = Files.getFileStore(folder).getUsableSpace() - left;
                        for (long written = 0; written < bytes; written += block.length) {
                            out.write(block, 0, (int) Math.min(block.length, bytes - written));
                        }
                        return (bytes > 0 ? quiet.updateAndGet(looks -> 0) : quiet.incrementAndGet()) >= QUIET_LOOKS;
                    });
        }
        return new Filler(file);
    }

    record Filler(Path file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (mounted && !succeeds("umount", folder.toString())) {
                throw new IOException("cannot unmount " + folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
