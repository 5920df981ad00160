package dev.trmarena.leaderboard.operate;

import dev.trmarena.db.board.Workload;
import dev.trmarena.http.live.CachedReading;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.Meter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jdbi.v3.core.Jdbi;

/** Shows how many units and evaluations there are in which state. */
@ApplicationScoped
class MeasureWorkload {
    private static final Duration KEEP = Duration.ofSeconds(5);

    private final MeterRegistry registry;
    private final CachedReading<Workload> workload;

    MeasureWorkload(MeterRegistry registry, Jdbi jdbi) {
        this.registry = registry;
        this.workload = new CachedReading<>(KEEP, () -> jdbi.withHandle(Workload::read));
    }

    void start(@Observes StartupEvent started) {
        show(Meter.UNITS, "waiting", Workload::waiting);
        show(Meter.UNITS, "in_flight", Workload::inFlight);
        show(Meter.UNITS, "solved", Workload::solved);
        for (EvaluationState state : EvaluationState.values()) {
            show(Meter.EVALUATIONS, state.key(), known -> known.evaluations().getOrDefault(state, 0L));
        }
        Gauge.builder(Meter.SOLVERS.id(), workload, recent -> recent.part(Workload::solvers))
                .description(Meter.SOLVERS.meaning())
                .strongReference(true)
                .register(registry);
    }

    private void show(Meter meter, String state, ToDoubleFunction<Workload> part) {
        Gauge.builder(meter.id(), workload, recent -> recent.part(part))
                .description(meter.meaning())
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }
}
