package dev.trmarena.ingest.dispatch;

import dev.trmarena.db.canary.DispatchCanaries;
import dev.trmarena.db.dispatch.DispatchAdaptations;
import dev.trmarena.db.dispatch.DispatchReplays;
import dev.trmarena.db.dispatch.DispatchUnits;
import dev.trmarena.ingest.connect.Prompt;
import dev.trmarena.ingest.relay.OutboxRelay;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Keeps as much work in the topic as the solvers need next, and no more. Any number of dispatchers may run; one works. */
@ApplicationScoped
public class Dispatcher {
    /** It goes on looking often for so long after it last found something: the next solved unit makes room. */
    private static final Duration LIVELY = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Jdbi jdbi;
    private final OutboxRelay relay;
    private final DispatchConfig config;
    private final Clock clock;
    private final PollingLoop loop;
    private final AnsweredLately answered;
    private long found = System.nanoTime() - LIVELY.toNanos();

    Dispatcher(@Prompt Jdbi jdbi, OutboxRelay relay, DispatchConfig config, Clock clock, Loops loops) {
        this.jdbi = jdbi;
        this.relay = relay;
        this.config = config;
        this.clock = clock;
        this.answered = new AnsweredLately(config.ahead());
        this.loop = loops.loop("dispatcher", "give out units", LONGEST, this::look);
    }

    /** Something was planned or taken up again: look now. */
    public void wake() {
        loop.wake();
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
    }

    private Duration look() {
        if (giveOut() > 0) {
            found = System.nanoTime();
        }
        boolean lively = System.nanoTime() - found < LIVELY.toNanos();
        return lively ? config.look() : config.idleLook();
    }

    private int giveOut() {
        Instant now = clock.instant();
        var limits = new DispatchUnits.Limits(
                Math.max(config.leastUnits(), answered.units()),
                config.unitsPerSolver(),
                config.failures(),
                config.replayTasks());
        var replays = new DispatchReplays.Limits(config.replays(), config.failures(), config.replayPatience());
        var canaries = new DispatchCanaries.Limits(config.canaries(), config.failures(), config.canaryPatience());
        var adaptations =
                new DispatchAdaptations.Limits(config.adaptations(), config.failures(), config.adaptationPatience());
        // First, so that they come before the units of their evaluations.
        int units = jdbi.inTransaction(handle -> DispatchCanaries.some(handle, canaries, now))
                + jdbi.inTransaction(handle -> DispatchAdaptations.some(handle, adaptations, now))
                + units(jdbi.inTransaction(handle -> DispatchUnits.some(handle, limits, now)), now)
                + jdbi.inTransaction(handle -> DispatchReplays.some(handle, replays, now));
        if (units > 0) {
            relay.wake();
        }
        return units;
    }

    private int units(DispatchUnits.@Nullable Given given, Instant now) {
        if (given == null) {
            return 0;
        }
        answered.look(now, given);
        return given.units();
    }
}
