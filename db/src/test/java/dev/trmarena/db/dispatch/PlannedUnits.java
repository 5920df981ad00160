package dev.trmarena.db.dispatch;

import dev.trmarena.db.Outbox;
import dev.trmarena.db.plan.NewCheckpoint;
import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.PlanEvaluation;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.db.record.RecordHeartbeats;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.messages.Heartbeat;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Evaluations whose units wait, a dispatcher that is asked by hand, and solvers that are played. */
public final class PlannedUnits {
    private static final String SET = "5e".repeat(32);

    private final Jdbi jdbi;
    private final Map<String, Long> memory = new HashMap<>();

    public PlannedUnits(Jdbi jdbi) {
        this.jdbi = jdbi;
        var row = new PuzzleSetRow(UUID.randomUUID(), "tiny", "sudoku", SET, 16, 6, 1, 100_000, 100_000);
        jdbi.useTransaction(handle -> PuzzleSets.insert(handle, row, List.of(SET)));
    }

    /** An evaluation of so many units of one example. */
    public UUID evaluation(String model, int units, Priority priority, boolean again) {
        return evaluation(
                model,
                IntStream.range(0, units)
                        .mapToObj(i -> new NewEvaluation.Unit(i, i, i + 1, 1))
                        .toList(),
                priority,
                again);
    }

    /** One that is cut in this way. */
    UUID evaluation(String model, List<NewEvaluation.Unit> cut, Priority priority, boolean again) {
        return evaluation(model, cut, priority, again, Protocol.whole(4, Dtype.FLOAT32), null);
    }

    /** @param solverSet digest of what solvers are given in place of the set */
    UUID evaluation(
            String model,
            List<NewEvaluation.Unit> cut,
            Priority priority,
            boolean again,
            Protocol protocol,
            @Nullable String solverSet) {
        UUID id = UUID.randomUUID();
        String own = String.format(Locale.ROOT, "%064x", Integer.toUnsignedLong(model.hashCode()));
        var checkpoint = new NewCheckpoint(own, own, own, own, "step_1", "trm", 10, 20, "{}");
        return jdbi.inTransaction(handle -> PlanEvaluation.plan(
                        handle,
                        checkpoint,
                        new NewEvaluation(
                                id,
                                PuzzleSets.find(handle, "tiny").orElseThrow().id(),
                                model,
                                protocol,
                                priority,
                                again,
                                cut.stream()
                                        .mapToInt(NewEvaluation.Unit::exampleCount)
                                        .sum(),
                                cut,
                                solverSet,
                                null,
                                null,
                                List.of()))
                .evaluation());
    }

    /** What the dispatcher and the relay would send now. */
    public List<WorkUnit> given(int inFlight, Instant now) {
        jdbi.useTransaction(handle -> DispatchUnits.some(handle, new DispatchUnits.Limits(inFlight, 0, 3, 7), now));
        return jdbi.inTransaction(handle -> {
            var waiting = Outbox.hold(handle, 10_000);
            Outbox.delete(handle, waiting);
            return waiting.stream()
                    .filter(each -> each.message().topic().equals(Topics.WORK))
                    .map(each -> Json.read(each.message().payload(), WorkUnit.class))
                    .toList();
        });
    }

    public void solved(WorkUnit unit) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update work_unit set solved_at = now() where evaluation_id = :id and idx = :unit")
                .bind("id", unit.evaluation())
                .bind("unit", unit.index())
                .execute());
    }

    /** What this solver says from now on of the bytes that a network may take. */
    public void hasMemory(String solver, long bytes) {
        memory.put(solver, bytes);
    }

    /** A solver is heard of. @param unit what it has; null when it waits */
    public void heard(String solver, @Nullable WorkUnit unit, Instant at) {
        Heartbeat.Work work =
                unit == null ? null : new Heartbeat.Work(unit.evaluation(), unit.index(), delivery(solver, unit), 1);
        var beat = new Heartbeat(solver, instance(solver), "CPU", memory.get(solver), 0, 0, 0, 0, work, false);
        jdbi.useHandle(handle -> RecordHeartbeats.record(handle, beat, at));
    }

    /** A solver takes a unit up, and says so. */
    public Outcome.Started takenUp(String solver, WorkUnit unit) {
        var started = new Outcome.Started(
                unit.evaluation(),
                unit.index(),
                delivery(solver, unit),
                solver,
                instance(solver),
                unit.round(),
                unit.handout(),
                "CPU");
        jdbi.useTransaction(handle -> WorkUnits.started(handle, unit.evaluation(), List.of(started)));
        return started;
    }

    private static UUID instance(String solver) {
        return new UUID(1, solver.hashCode());
    }

    private static UUID delivery(String solver, WorkUnit unit) {
        String name = solver + unit.evaluation() + unit.index() + "/" + unit.handout();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
