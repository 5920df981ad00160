package dev.trmarena.ingest.puzzleset;

import dev.trmarena.db.plan.Overlaps;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PeriodicJob;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** Counts what sets share after they were imported: of millions that takes a while, and no import waits for another one's. */
@ApplicationScoped
@Startup
public class CountOverlaps {
    private static final String EVERY = "PT1S";

    /** Of two sets. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Jdbi jdbi;
    private final PeriodicJob job;

    CountOverlaps(Jdbi jdbi, Loops loops) {
        this.jdbi = jdbi;
        this.job = loops.job("count-overlaps", "count what puzzle sets share", Duration.parse(EVERY), LONGEST);
    }

    @Scheduled(identity = "count-overlaps", every = EVERY, concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        job.run(this::count);
    }

    /** Safe at any time: one counts, whoever comes beside it does nothing. */
    public void count() {
        while (Overlaps.countNext(jdbi, job::getsOn)) {
            job.getsOn();
        }
    }
}
