package dev.trmarena.ingest.puzzleset;

import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.plan.TaskHashes;
import dev.trmarena.db.plan.TaskHashes.Unhashed;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PeriodicJob;
import dev.trmarena.puzzles.set.PuzzleSet;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Writes down what the tasks are of sets whose import was killed before it did, and of those that were imported before any did. */
@ApplicationScoped
@Startup
public class HashOlderSets {
    private static final Logger LOG = Logger.getLogger(HashOlderSets.class);
    private static final String EVERY = "PT1H";

    /** Of one set. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final OpenPuzzleSet openPuzzleSet;
    private final Jdbi jdbi;
    private final PeriodicJob job;

    HashOlderSets(OpenPuzzleSet openPuzzleSet, Jdbi jdbi, Loops loops) {
        this.openPuzzleSet = openPuzzleSet;
        this.jdbi = jdbi;
        this.job = loops.job("hash-older-sets", "hash the tasks of older sets", Duration.parse(EVERY), LONGEST);
    }

    @Scheduled(identity = "hash-older-sets", every = EVERY, concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        job.run(this::hash);
    }

    /** Safe at any time: a set that is hashed meanwhile is hashed once. One that ended this service twice is left alone. */
    public void hash() {
        for (Unhashed set : jdbi.withHandle(TaskHashes::missing)) {
            job.getsOn();
            String subject = set.id().toString();
            if (jdbi.withHandle(handle -> RiskyWork.deaths(handle, RiskyWork.Kind.IMPORT, subject))
                    >= RiskyWork.MOST_DEATHS) {
                LOG.warnf("the tasks of puzzle set %s are not hashed: this service ended at it twice", set.id());
                continue;
            }
            try (var counted = RiskyWork.begin(jdbi, RiskyWork.Kind.IMPORT, subject)) {
                hash(set);
            }
        }
    }

    private void hash(Unhashed set) {
        PuzzleSet tasks = openPuzzleSet.of(set.id().toString(), set.manifestDigest());
        jdbi.useTransaction(handle -> TaskHashes.write(handle, set.id(), tasks));
        LOG.infof("hashed the %d tasks of puzzle set %s", tasks.taskCount(), set.id());
    }
}
