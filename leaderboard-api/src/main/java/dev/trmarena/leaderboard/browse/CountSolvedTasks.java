package dev.trmarena.leaderboard.browse;

import dev.trmarena.db.tally.CountSolved;
import dev.trmarena.leaderboard.connect.Recording;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** Counts who solved what, soon after evaluations have finished: of millions of tasks that takes a while, and nobody waits for it. */
@ApplicationScoped
public class CountSolvedTasks {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** Some tasks of a set, or all of them when they are only summed up. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Jdbi jdbi;
    private final PollingLoop loop;

    CountSolvedTasks(@Recording Jdbi jdbi, Loops loops) {
        this.jdbi = jdbi;
        this.loop = loops.loop("count-solved", "count who solved what", LONGEST, this::look);
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
    }

    /** One set a turn: the next one is looked for at once. */
    private Duration look() {
        return CountSolved.next(jdbi, loop::getsOn) ? Duration.ZERO : LOOK_EVERY;
    }
}
