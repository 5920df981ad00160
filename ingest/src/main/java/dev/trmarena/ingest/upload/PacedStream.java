package dev.trmarena.ingest.upload;

import dev.trmarena.limits.CountedStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A body whose sender keeps up: what counts is the time that is spent waiting for it, not that of writing. A thread, and the hold on an
 * upload, are not for whoever sends a byte now and then.
 */
final class PacedStream extends CountedStream {
    private final long bytesPerSecond;
    private final long graceNanos;
    private final long deadlineNanos;
    private final LongSupplier nanos;
    private final long began;
    private long waited;
    private long passed;

    /**
     * @param leastRate bytes a second, in the mean
     * @param grace that may be waited besides
     * @param deadline until all of it has come
     */
    PacedStream(InputStream in, long leastRate, Duration grace, Duration deadline) {
        this(in, leastRate, grace, deadline, System::nanoTime);
    }

    PacedStream(InputStream in, long leastRate, Duration grace, Duration deadline, LongSupplier nanos) {
        super(in);
        this.bytesPerSecond = leastRate;
        this.graceNanos = grace.toNanos();
        this.deadlineNanos = deadline.toNanos();
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    /** It comes too slowly. */
    static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlow(String message) {
            super(message);
        }
    }

    @Override
    protected int next(byte[] into, int from, int length) throws IOException {
        long asked = nanos.getAsLong();
        int got = super.next(into, from, length);
        waited += nanos.getAsLong() - asked;
        return got;
    }

    @Override
    protected void count(int bytes) throws IOException {
        passed += bytes;
        if (bytes > 0) {
            check(nanos.getAsLong());
        }
    }

    private void check(long now) throws TooSlow {
        if ((waited - graceNanos) / 1e9 * bytesPerSecond > passed) {
            throw new TooSlow("it comes with less than " + bytesPerSecond + " bytes a second");
        }
        if (now - began > deadlineNanos) {
            throw new TooSlow("one request took longer than " + Duration.ofNanos(deadlineNanos));
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
