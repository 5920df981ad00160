package dev.trmarena.arena.up;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Logs that processes append to, each of which has a size: what is longer goes into a file beside it, in the place of what was there,
 * and the log begins anew. The processes go on writing to the same file and notice nothing; whoever ends this program does not end
 * their log.
 */
final class BoundLogs {
    /** Of one log, and of the file beside it: more than a process of the platform prints in weeks. */
    static final long LONGEST = 16L << 20;

    private static final long LOOK_MILLIS = 500;

    /** What comes in while a log is copied is copied, too; nobody runs after one that is written faster than it can be read. */
    private static final int MOST_PARTS = 8;

    private final long longest;

    BoundLogs(long longest) {
        this.longest = longest;
    }

    /** Looks after this log from now on. @param looks whose thread does it */
    void watch(Path log, ScheduledExecutorService looks, Progress progress) {
        looks.scheduleWithFixedDelay(
                () -> {
                    try {
                        bound(log);
                    } catch (IOException | RuntimeException e) {
                        progress.say("cannot shorten " + log + ": " + e.getMessage());
                    }
                },
                LOOK_MILLIS,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void bound(Path log) throws IOException {
        if (!Files.exists(log) || Files.size(log) <= longest) {
            return;
        }
        try (FileChannel from = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try {
                keepTheEnd(from, before(log));
            } finally {
                // Also where the disk is full: it is shortened for that.
                from.truncate(0);
            }
        }
    }

    private void keepTheEnd(FileChannel from, Path kept) throws IOException {
        try (FileChannel to = FileChannel.open(
                kept, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            long at = from.size() - longest;
            for (int part = 0; part < MOST_PARTS && at < from.size() && to.size() < 2 * longest; part++) {
                at += from.transferTo(at, Math.min(from.size() - at, longest), to);
            }
        }
    }

    /** Where the lines are that were in it before. */
    static Path before(Path log) {
        return log.resolveSibling(log.getFileName() + ".1");
    }
}
