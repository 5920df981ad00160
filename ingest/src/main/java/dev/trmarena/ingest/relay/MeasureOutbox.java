package dev.trmarena.ingest.relay;

import dev.trmarena.db.board.Backlog;
import dev.trmarena.http.live.CachedReading;
import dev.trmarena.messages.Meter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jdbi.v3.core.Jdbi;

/** Shows how much waits for the relay, and since when. */
@ApplicationScoped
class MeasureOutbox {
    private static final Duration KEEP = Duration.ofSeconds(5);

    private final MeterRegistry registry;
    private final CachedReading<Backlog> backlog;

    MeasureOutbox(MeterRegistry registry, Jdbi jdbi) {
        this.registry = registry;
        this.backlog = new CachedReading<>(KEEP, () -> jdbi.withHandle(Backlog::read));
    }

    void start(@Observes StartupEvent started) {
        show(Meter.OUTBOX_MESSAGES, Backlog::messages);
        show(Meter.OUTBOX_AGE, Backlog::oldestSeconds);
    }

    private void show(Meter meter, ToDoubleFunction<Backlog> part) {
        Gauge.builder(meter.id(), backlog, recent -> recent.part(part))
                .description(meter.meaning())
                .strongReference(true)
                .register(registry);
    }
}
