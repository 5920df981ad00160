package dev.trmarena.arena.up;

import dev.trmarena.messages.Kept;
import dev.trmarena.messages.Retention;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs that processes append to, each of which has a size and a time: what is longer, or older, goes into a file beside it, in the
 * place of what was there, and the log begins anew. The processes go on writing to the same file and notice nothing; whoever ends this program does not end
 * their log.
 */
final class BoundLogs {
    private static final long LOOK_MILLIS = 500;

    /** What comes in while a log is copied is copied, too; nobody runs after one that is written faster than it can be read. */
    private static final int MOST_PARTS = 8;

    private final long longest;
    private final Duration oldest;

    /** Half of what may be kept is in the log, and half in the file beside it. */
    BoundLogs(Retention retention) {
        this(retention.bytes(Kept.LOGS) / 2, retention.time(Kept.LOGS).dividedBy(2));
    }

    /**
     * @param longest of a log in bytes, and of the file beside it
     * @param oldest so long a log is written to, however short it is
     */
    BoundLogs(long longest, Duration oldest) {
        this.longest = longest;
        this.oldest = oldest;
    }

    /** Looks after this log from now on. @param looks whose thread does it */
    void watch(Path log, ScheduledExecutorService looks, Progress progress) {
        var begun = new AtomicLong(System.nanoTime());
        looks.scheduleWithFixedDelay(
                () -> {
                    try {
                        bound(log, begun);
                    } catch (IOException | RuntimeException e) {
                        progress.say("cannot shorten " + log + ": " + e.getMessage());
                    }
                },
                LOOK_MILLIS,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** @param begun when, by the clock of nanoseconds, the log began */
    void bound(Path log, AtomicLong begun) throws IOException {
        boolean old = System.nanoTime() - begun.get() > oldest.toNanos();
        if (!Files.exists(log) || !old && Files.size(log) <= longest) {
            return;
        }
        begun.set(System.nanoTime());
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
            long at = Math.max(0, from.size() - longest);
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
