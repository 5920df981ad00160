package dev.trmarena.ingest.remove;

import dev.trmarena.db.record.UnusedGrids;
import dev.trmarena.db.remove.ForgetOld;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PeriodicJob;
import dev.trmarena.messages.Retention;
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

    /** Of the look through all answers. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final Retention retention;
    private final Clock clock;
    private final PeriodicJob job;
    private Instant gridsSwept = Instant.EPOCH;

    SweepRows(Jdbi jdbi, Retention retention, Clock clock, Loops loops) {
        this.jdbi = jdbi;
        this.retention = retention;
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
        int rows = jdbi.inTransaction(handle -> ForgetOld.all(handle, retention, now));
        if (grids + rows > 0) {
            LOG.infof("deleted %d grids that no answer names, and %d rows that were old", grids, rows);
        }
    }
}
