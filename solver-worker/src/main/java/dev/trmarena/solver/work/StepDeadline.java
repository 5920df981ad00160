package dev.trmarena.solver.work;

import dev.trmarena.loops.Steadiness;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the improvement step at hand may take: ten times what its operations take at the speed that this solver has shown, two
 * minutes at least. One thread computes and tells of it, another one looks. Looks are counted, not hours: a process that was
 * stopped for a while has not computed for as long.
 */
final class StepDeadline {
    private static final double MARGIN = 10;

    /** A slow machine, or one that others use, too. */
    private static final Duration LEAST = Duration.ofMinutes(2);

    /** Operations a second of one slow core, before anything was measured. */
    private static final double UNMEASURED = 1E10;

    /** What the last step counts beside those before it. */
    private static final double NEWEST = 0.2;

    /** So much counts between two looks. */
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Duration longest;
    private final Steadiness steadiness;
    private volatile @Nullable At at;
    private double perSecond;

    private @Nullable At seen;
    private long seenNanos;
    private long lookedAt;

    private record At(String what, Duration most, double operations, long since) {}

    /**
     * @param longest of any step, and of whatever is done before the first one
     * @param steadiness told of all this, for liveness
     */
    StepDeadline(Duration longest, Steadiness steadiness) {
        this.longest = longest;
        this.steadiness = steadiness;
    }

    /** Checkpoint and puzzles are read. */
    void prepares() {
        begins(new At("reading the checkpoint and its puzzles", longest, 0, System.nanoTime()));
    }

    /** @param operations of the step, by estimate */
    void begins(double operations) {
        String what = String.format(Locale.ROOT, "an improvement step of %.1E operations", operations)
                .replaceAll("E\\+0?", "E");
        begins(new At(what, most(operations), operations, System.nanoTime()));
    }

    private void begins(At step) {
        at = step;
        steadiness.works(step.most());
    }

    /** How long a step may take. */
    Duration most(double operations) {
        double seconds = MARGIN * operations / (perSecond > 0 ? perSecond : UNMEASURED);
        double least = Math.max(LEAST.toSeconds(), seconds);
        return least < longest.toSeconds() ? Duration.ofMillis((long) (1000 * least)) : longest;
    }

    /** The step that began last is over; what its answers are made of is next. */
    void ended() {
        At step = at;
        if (step != null && step.operations() > 0) {
            ended(step.operations(), System.nanoTime() - step.since());
        }
        prepares();
    }

    /** @param nanos that a step of so many operations took */
    void ended(double operations, long nanos) {
        double measured = operations / Math.max(1e-9, nanos / 1e9);
        perSecond = perSecond > 0 ? perSecond + NEWEST * (measured - perSecond) : measured;
    }

    void rests() {
        at = null;
        steadiness.rests();
    }

    /** @return what did not end in time, a sentence without its full stop; empty when there is no such thing */
    Optional<String> overdue() {
        At now = at;
        long looks = System.nanoTime();
        if (now == null || !now.equals(seen)) {
            seen = now;
            seenNanos = 0;
        } else {
            seenNanos += Math.min(LOOK_NANOS, looks - lookedAt);
        }
        lookedAt = looks;
        return now != null && seenNanos > now.most().toNanos()
                ? Optional.of(now.what() + " did not end within " + now.most().toSeconds() + " s")
                : Optional.empty();
    }
}
