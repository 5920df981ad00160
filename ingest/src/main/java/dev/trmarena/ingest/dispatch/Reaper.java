package dev.trmarena.ingest.dispatch;

import dev.trmarena.db.dispatch.Reap;
import dev.trmarena.messages.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Looks for what is past its deadline. */
@ApplicationScoped
class Reaper {
    private static final Logger LOG = Logger.getLogger(Reaper.class);

    private final Jdbi jdbi;
    private final Dispatcher dispatcher;
    private final DispatchConfig config;
    private final Clock clock;
    private final Counter reaped;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "reaper");
        thread.setDaemon(true);
        return thread;
    });

    Reaper(Jdbi jdbi, Dispatcher dispatcher, DispatchConfig config, Clock clock, MeterRegistry registry) {
        this.jdbi = jdbi;
        this.dispatcher = dispatcher;
        this.config = config;
        this.clock = clock;
        this.reaped = Counter.builder(Meter.REAPED.id())
                .description(Meter.REAPED.meaning())
                .register(registry);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() catches what it can meet
    void start(@Observes StartupEvent started) {
        long millis = config.reap().toMillis();
        looks.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent stopping) {
        looks.shutdownNow();
    }

    private void look() {
        try {
            var deadlines = new Reap.Deadlines(
                    config.silent(), config.untouched(), config.timesLost(), config.noProgress(), config.paused());
            Reap.Reaped found = jdbi.inTransaction(handle -> Reap.reap(handle, clock.instant(), deadlines));
            if (found.units() + found.evaluations() > 0) {
                LOG.warnf(
                        "%d units are given out again, %d evaluations ended: nothing was heard of them",
                        found.units(), found.evaluations());
                reaped.increment(found.units() + found.evaluations());
                dispatcher.wake();
            }
        } catch (RuntimeException e) {
            LOG.warnf("cannot look for what is past its deadline, trying again: %s", e.getMessage());
        }
    }
}
