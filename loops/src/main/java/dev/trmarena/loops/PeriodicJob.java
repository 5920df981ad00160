package dev.trmarena.loops;

import java.time.Duration;

/**
 * What a scheduler begins again and again, in whatever thread. Watched as a {@link PollingLoop} is, with the same rule for
 * trouble: whatever it throws is said, and the next time follows. One that takes too long is seen, and so is one that nobody
 * begins any more. It is done by one thread at a time.
 */
public final class PeriodicJob {
    private final Steadiness steadiness;
    private final TroubleLog troubles;
    private final Duration every;

    /** What is done. */
    @FunctionalInterface
    public interface Work {
        void work() throws Exception;
    }

    PeriodicJob(Steadiness steadiness, TroubleLog troubles, Duration every) {
        this.steadiness = steadiness;
        this.troubles = troubles;
        this.every = every;
        steadiness.restsFor(every);
    }

    /** Once; throws nothing that a next time may mend. */
    public void run(Work work) {
        steadiness.works();
        try {
            work.work();
            troubles.wentWell(every);
        } catch (Throwable thrown) {
            troubles.failed(thrown);
        } finally {
            steadiness.restsFor(every);
        }
    }

    /** Says, in the middle of much work, that it gets on. */
    public void getsOn() {
        steadiness.works();
    }
}
