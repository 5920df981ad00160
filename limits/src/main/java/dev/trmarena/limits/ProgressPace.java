package dev.trmarena.limits;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often progress is told: on a terminal the same line again and again, elsewhere, as in the log of a build, a line every ten
 * seconds. What is over before tells nothing there.
 */
public final class ProgressPace {
    private static final long TERMINAL_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINES_NANOS = Duration.ofSeconds(10).toNanos();

    private final long between;
    private final LongSupplier nanoTime;
    private long toldAt;

    /**
     * Begins now.
     *
     * @param nanoTime a clock, as {@link System#nanoTime()}
     */
    public ProgressPace(boolean terminal, LongSupplier nanoTime) {
        this.between = terminal ? TERMINAL_NANOS : LINES_NANOS;
        this.nanoTime = nanoTime;
        this.toldAt = nanoTime.getAsLong();
    }

    /** Whether it is time to tell; if so, it counts as told. */
    public boolean isDue() {
        long now = nanoTime.getAsLong();
        if (now - toldAt < between) {
            return false;
        }
        toldAt = now;
        return true;
    }
}
