package dev.trmarena.ingest.dispatch;

import dev.trmarena.db.dispatch.ReapOverdue;
import dev.trmarena.ingest.connect.Prompt;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PeriodicJob;
import dev.trmarena.messages.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Looks for what is past its deadline. */
@ApplicationScoped
@Startup
class Reaper {
    private static final Logger LOG = Logger.getLogger(Reaper.class);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Jdbi jdbi;
    private final Dispatcher dispatcher;
    private final DispatchConfig config;
    private final Clock clock;
    private final Counter reaped;
    private final PeriodicJob job;

    Reaper(
            @Prompt Jdbi jdbi,
            Dispatcher dispatcher,
            DispatchConfig config,
            Clock clock,
            MeterRegistry registry,
            Loops loops) {
        this.jdbi = jdbi;
        this.dispatcher = dispatcher;
        this.config = config;
        this.clock = clock;
        this.reaped = Counter.builder(Meter.REAPED.id())
                .description(Meter.REAPED.meaning())
                .register(registry);
        this.job = loops.job("reaper", "look for what is past its deadline", config.reap(), LONGEST);
    }

    @Scheduled(
            identity = "reaper",
            every = "{arena.dispatch.reap}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        job.run(this::reap);
    }

    private void reap() {
        var deadlines =
                new ReapOverdue.Deadlines(config.silent(), config.untouched(), config.noProgress(), config.paused());
        ReapOverdue.Counts found = jdbi.inTransaction(handle -> ReapOverdue.reap(handle, clock.instant(), deadlines));
        if (found.units() + found.evaluations() > 0) {
            LOG.warnf(
                    "%d units wait again, %d evaluations ended: nothing was heard of them",
                    found.units(), found.evaluations());
            reaped.increment(found.units() + found.evaluations());
            dispatcher.wake();
        }
    }
}
