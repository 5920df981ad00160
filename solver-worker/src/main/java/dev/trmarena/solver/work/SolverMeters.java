package dev.trmarena.solver.work;

import dev.trmarena.messages.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** What a solver tells of itself to Prometheus. */
final class SolverMeters {
    /** From one batch of a tiny puzzle on many cores to one of full-size canvases on a single one. */
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    /** What becomes of a unit that a solver took. */
    enum End {
        SOLVED,
        FAILED,
        RETURNED,
        REDELIVERED,
        LOST,
        WITHDRAWN,
        REJECTED
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<End, Counter> units = new EnumMap<>(End.class);
    private final AtomicInteger busy = new AtomicInteger();
    private final Timer step = Timer.builder(Meter.STEP.id())
            .description(Meter.STEP.meaning())
            .serviceLevelObjectives(BOUNDS)
            .register(registry);

    /** @param heartbeatAge seconds since the share group heard of this solver */
    SolverMeters(DoubleSupplier heartbeatAge) {
        for (End end : End.values()) {
            units.put(
                    end,
                    Counter.builder(Meter.SOLVER_UNITS.id())
                            .description(Meter.SOLVER_UNITS.meaning())
                            .tag("end", end.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder(Meter.SOLVER_BUSY.id(), busy, known -> known.get() > 0 ? 1 : 0)
                .description(Meter.SOLVER_BUSY.meaning())
                .register(registry);
        Gauge.builder(Meter.HEARTBEAT_AGE.id(), heartbeatAge::getAsDouble)
                .description(Meter.HEARTBEAT_AGE.meaning())
                .register(registry);
    }

    /** A batch begins or ends. */
    void busy(boolean withUnits) {
        busy.addAndGet(withUnits ? 1 : -1);
    }

    void ended(End end) {
        Objects.requireNonNull(units.get(end)).increment();
    }

    /**
     * Times improvement steps by the question that is asked after each of them. The first of a unit is not timed: the network
     * may have been loaded before it.
     *
     * @param abandoned the answer to the question
     */
    BooleanSupplier timed(BooleanSupplier abandoned) {
        return new BooleanSupplier() {
            private long asked;
            private boolean askedBefore;

            @Override
            public boolean getAsBoolean() {
                long now = System.nanoTime();
                if (askedBefore) {
                    step.record(now - asked, TimeUnit.NANOSECONDS);
                }
                asked = now;
                askedBefore = true;
                return abandoned.getAsBoolean();
            }
        };
    }

    /** In the text format of Prometheus. */
    String scrape() {
        return registry.scrape();
    }
}
