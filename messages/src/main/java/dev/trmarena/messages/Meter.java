package dev.trmarena.messages;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The platform's own meters, all of them: what they are called, what they mean, who exports them. The dashboard in
 * {@code images/grafana} and the services are held to this list by tests.
 */
public enum Meter {
    UNITS(
            "arena.units",
            Kind.GAUGE,
            "work units of evaluations that are not over, by state: waiting, in_flight, solved",
            Service.LEADERBOARD_API),
    EVALUATIONS("arena.evaluations", Kind.GAUGE, "evaluations by state", Service.LEADERBOARD_API),
    EXAMPLES("arena.examples.recorded", Kind.COUNTER, "examples whose answer was recorded", Service.LEADERBOARD_API),
    DEAD_LETTERS(
            "arena.dead.letters",
            Kind.COUNTER,
            "work units that no solver could read, or that the broker gave up after many deliveries",
            Service.LEADERBOARD_API),
    QUARANTINED(
            "arena.quarantined",
            Kind.COUNTER,
            "messages that could not be read or recorded, by topic",
            Service.LEADERBOARD_API),
    RECORDER_LAG(
            "arena.recorder.lag",
            Kind.GAUGE,
            "messages that lie in the topics and were not read by this recorder yet",
            Service.LEADERBOARD_API),
    HEARTBEAT_AGE(
            "arena.heartbeat.age.seconds",
            Kind.GAUGE,
            "time since this consumer last told the broker that it lives",
            Service.LEADERBOARD_API,
            Service.SOLVER),
    SOLVERS("arena.solvers", Kind.GAUGE, "solvers that live, by their heartbeats", Service.LEADERBOARD_API),
    STORAGE(
            "arena.storage.bytes",
            Kind.GAUGE,
            "storage in use, by kind: answers, records, checkpoints, puzzle_sets, uploads, topics, logs",
            Service.LEADERBOARD_API),
    REAPED(
            "arena.reaped",
            Kind.COUNTER,
            "units and evaluations on which the reaper acted because nothing was heard of them",
            Service.INGEST),
    SWEPT(
            "arena.swept.bytes",
            Kind.COUNTER,
            "bytes that killed processes left in the artifact store and a sweep removed",
            Service.INGEST),
    OUTBOX_MESSAGES("arena.outbox.messages", Kind.GAUGE, "messages that wait for the relay", Service.INGEST),
    OUTBOX_AGE(
            "arena.outbox.age.seconds",
            Kind.GAUGE,
            "time that the oldest of the waiting messages has waited; 0 when none waits",
            Service.INGEST),
    STEP("arena.step", Kind.TIMER, "improvement steps of a batch and how long each takes", Service.SOLVER),
    SOLVER_UNITS(
            "arena.solver.units",
            Kind.COUNTER,
            "work units that this solver took, by what became of them: solved, failed, returned, redelivered, lost, withdrawn, rejected",
            Service.SOLVER),
    SOLVER_BUSY("arena.solver.busy", Kind.GAUGE, "1 while this solver has a unit, else 0", Service.SOLVER);

    /** A process that exports meters. */
    public enum Service {
        INGEST,
        SOLVER,
        LEADERBOARD_API
    }

    private enum Kind {
        GAUGE(""),
        COUNTER("_total"),
        TIMER("_seconds_bucket", "_seconds_count", "_seconds_sum", "_seconds_max");

        private final List<String> endings;

        Kind(String... endings) {
            this.endings = List.of(endings);
        }
    }

    private final String id;
    private final Kind kind;
    private final String meaning;
    private final Set<Service> services;

    Meter(String id, Kind kind, String meaning, Service... services) {
        this.id = id;
        this.kind = kind;
        this.meaning = meaning;
        this.services = Set.of(services);
    }

    /** The name under which a service registers it. */
    public String id() {
        return id;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }

    /** Names of the time series that Prometheus makes of it. */
    public List<String> series() {
        return kind.endings.stream()
                .map(ending -> id.replace('.', '_') + ending)
                .toList();
    }

    /** All that a service exports. */
    public static Set<Meter> of(Service service) {
        return Arrays.stream(values())
                .filter(meter -> meter.services.contains(service))
                .collect(Collectors.toUnmodifiableSet());
    }
}
