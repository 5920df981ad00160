package dev.trmarena.db.record;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.messages.Heartbeat;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Which solvers there are and what each does. */
public final class RecordHeartbeats {
    /** Far more than start at a time; each of them is a row, and a line of the page of operations. */
    static final int MOST_UNTRIED = 1000;

    private RecordHeartbeats() {}

    /**
     * What it says of the unit at hand counts when its process began that delivery: what nobody took up is nobody's (decision 107).
     *
     * @param seenAt when it reached the broker
     * @throws AnswersNothing when it is of a new solver, and there are too many already that never took up a unit
     */
    public static void record(Handle handle, Heartbeat heartbeat, Instant seenAt) {
        if (!hasRoom(handle, heartbeat.solver())) {
            forget(handle, seenAt);
            if (!hasRoom(handle, heartbeat.solver())) {
                throw new AnswersNothing("there are " + MOST_UNTRIED + " solvers that never took up a unit, and "
                        + heartbeat.solver() + " would be one more");
            }
        }
        Heartbeat.Work work = heartbeat.work();
        handle.createUpdate("""
                        insert into solver (name, instance, device, memory_bytes, started_at, seen_at, leaving, units_solved,
                                            examples_solved, evaluation_id, idx, steps)
                        values (:name, :instance, :device, :memory, :startedAt, :seenAt, :leaving, :units,
                                :examples, :evaluation, :unit, :steps)
                        on conflict (name) do update set instance = excluded.instance, device = excluded.device,
                          memory_bytes = excluded.memory_bytes, started_at = excluded.started_at, seen_at = excluded.seen_at, leaving = excluded.leaving,
                          units_solved = excluded.units_solved, examples_solved = excluded.examples_solved,
                          evaluation_id = excluded.evaluation_id, idx = excluded.idx, steps = excluded.steps
                        where solver.seen_at <= excluded.seen_at""")
                .bind("name", heartbeat.solver())
                .bind("instance", heartbeat.instance())
                .bind("device", heartbeat.device())
                .bind("memory", heartbeat.memoryBytes())
                .bind("startedAt", Instant.ofEpochMilli(heartbeat.startedAt()))
                .bind("seenAt", seenAt)
                .bind("leaving", heartbeat.leaving())
                .bind("units", heartbeat.unitsSolved())
                .bind("examples", heartbeat.examplesSolved())
                .bind("evaluation", work == null ? null : work.evaluation())
                .bind("unit", work == null ? null : work.unit())
                .bind("steps", work == null ? null : work.steps())
                .execute();
        if (work != null) {
            // Whoever has the unit locked is recording news of it: nothing is lost, and nobody waits, see
            // EvaluationLocks.
            handle.createUpdate("""
                            update work_unit u set heard_at = :seenAt
                            from (select evaluation_id, idx from work_unit
                                  where evaluation_id = :evaluation and idx = :unit and solved_at is null
                                    and given_out_at <= :seenAt
                                    and exists (select 1 from delivery
                                      where id = :delivery and instance = :instance and evaluation_id = :evaluation
                                        and idx = :unit)
                                  for no key update skip locked) free
                            where u.evaluation_id = free.evaluation_id and u.idx = free.idx""")
                    .bind("seenAt", seenAt)
                    .bind("delivery", work.delivery())
                    .bind("instance", heartbeat.instance())
                    .bind("evaluation", work.evaluation())
                    .bind("unit", work.unit())
                    .execute();
        }
    }

    private static boolean hasRoom(Handle handle, String solver) {
        return handle.createQuery("""
                        select exists (select 1 from solver where name = :name)
                          or :most > (select count(*) from solver s where not %s)""".formatted(TriedSolver.IS_TRIED))
                .bind("name", solver)
                .bind("most", MOST_UNTRIED)
                .mapTo(Boolean.class)
                .one();
    }

    /** Of solvers that are gone, those that never did anything. */
    private static void forget(Handle handle, Instant now) {
        handle.createUpdate("delete from solver s where not lives(s, :now) and not " + TriedSolver.IS_TRIED)
                .bind("now", now)
                .execute();
    }
}
