package dev.trmarena.loops;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rule for trouble with what is done again and again: it is said once, however often it comes, and when it is over. After an
 * error of the JVM itself the process ends, so that it is started again.
 */
final class TroubleLog {
    private static final Logger LOG = LoggerFactory.getLogger(TroubleLog.class);

    /** What worked for so long after it last did not works: with some troubles every second turn goes well. */
    private static final Duration WELL = Duration.ofSeconds(10);

    private final String task;
    private int failures;
    private long failedAt;

    /** @param task for people, behind "cannot": {@code give out units} */
    TroubleLog(String task) {
        this.task = task;
    }

    /** It went wrong. @return how often since it last worked */
    int failed(Throwable thrown) {
        if (PollingLoop.breaksTheProcess(thrown)) {
            end(thrown);
        }
        failures++;
        failedAt = System.nanoTime();
        if (failures > 1) {
            LOG.debug("cannot {}", task, thrown);
        } else if (ours(thrown)) {
            LOG.error("cannot {}, trying until it works", task, thrown);
        } else {
            LOG.warn("cannot {}, trying until it works: {}", task, thrown.toString());
        }
        return failures;
    }

    /** It went well. @param pause until it is done again */
    void wentWell(Duration pause) {
        if (failures > 0 && (System.nanoTime() - failedAt > WELL.toNanos() || pause.compareTo(WELL) > 0)) {
            failures = 0;
            LOG.info("{}: works again", task);
        }
    }

    /** A mistake of the program shows where it is; of a database that is away, the place says nothing. */
    private static boolean ours(Throwable thrown) {
        return thrown instanceof Error
                || thrown.getClass().getPackageName().equals("java.lang") && !(thrown instanceof InterruptedException);
    }

    private void end(Throwable thrown) {
        try {
            LOG.error("cannot {}, and this process cannot be relied on: ending it", task, thrown);
        } finally {
            Runtime.getRuntime().halt(PollingLoop.BROKEN);
        }
    }
}
