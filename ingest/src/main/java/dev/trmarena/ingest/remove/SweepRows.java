package dev.trmarena.ingest.remove;

import dev.trmarena.db.record.UnusedGrids;
import dev.trmarena.db.remove.ForgetOld;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PeriodicJob;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Deletes rows that are older than they need be, and grids that only removed evaluations had; at start and every hour. */
@ApplicationScoped
@Startup
public class SweepRows {
    private static final Logger LOG = Logger.getLogger(SweepRows.class);
    private static final String EVERY = "PT1H";

    /** An outcome of an evaluation that was removed may lie in its topic for so long. */
    static final Duration LEAST_REMOVED = Duration.ofDays(30);

    /** Of the look through all answers. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final RetentionConfig config;
    private final Clock clock;
    private final PeriodicJob job;
    private Instant gridsSwept = Instant.EPOCH;

    /** @throws IllegalArgumentException when something would be forgotten that is still needed */
    SweepRows(Jdbi jdbi, RetentionConfig config, Clock clock, Loops loops) {
        if (config.removed().compareTo(LEAST_REMOVED) < 0) {
            throw new IllegalArgumentException("arena.retention.removed is " + config.removed() + ", less than "
                    + LEAST_REMOVED
                    + ": an outcome of a removed evaluation may come for so long, and would be one of nothing;"
                    + " set it to 30 days or more, like P60D");
        }
        this.jdbi = jdbi;
        this.config = config;
        this.clock = clock;
        this.job = loops.job("sweep-rows", "look for rows that nobody needs", Duration.parse(EVERY), LONGEST);
    }

    @Scheduled(identity = "sweep-rows", every = EVERY, concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        job.run(this::sweep);
    }

    /** Safe at any time. */
    public void sweep() {
        Instant now = clock.instant();
        int grids = 0;
        // Looking through all answers is work: only when some have gone.
        if (jdbi.withHandle(handle -> ForgetOld.anyRemovedSince(handle, gridsSwept))) {
            grids = UnusedGrids.delete(jdbi, job::getsOn);
            gridsSwept = now;
        }
        int rows = jdbi.inTransaction(handle -> ForgetOld.deliveries(handle, now.minus(config.deliveries()))
                + ForgetOld.solvers(handle, now.minus(config.solvers()))
                + ForgetOld.quarantined(handle, now.minus(config.quarantined()), config.quarantinedBytes())
                + ForgetOld.senders(handle)
                + ForgetOld.removed(handle, now.minus(config.removed())));
        if (grids + rows > 0) {
            LOG.infof("deleted %d grids that no answer names, and %d rows that were old", grids, rows);
        }
    }
}
