package dev.trmarena.db.record;

import dev.trmarena.db.SqlArrays;
import dev.trmarena.db.StorableText;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.SolverEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How solvers' processes ended. One that is told twice, or late, changes nothing that is known better. */
public final class RecordSolverEnds {
    /** The start of a unit may be recorded after the end of its solver, but not days after. */
    private static final Duration KEPT = Duration.ofDays(3);

    private RecordSolverEnds() {}

    /** Must run in a transaction. @param seenAt when it reached the broker */
    public static void record(Handle handle, SolverEnded ended, Instant seenAt) {
        EvaluationLocks.hold(handle, List.of(), List.of(ended.instance()));
        int news = handle.createUpdate("""
                        insert into solver_end (instance, solver, at, exit_status, kind, reason, log)
                        values (:instance, :solver, :at, :status, :kind, :reason, :log) on conflict do nothing""")
                .bind("instance", ended.instance())
                .bind("solver", ended.solver())
                .bind("at", seenAt)
                .bind("status", ended.exitStatus())
                .bind("kind", ended.kind())
                .bind("reason", StorableText.text(ended.reason()))
                .bindArray("log", String.class, SqlArrays.of(ended.log(), StorableText::text))
                .execute();
        if (news == 0) {
            return;
        }
        handle.createUpdate("""
                        update solver set leaving = true, seen_at = greatest(seen_at, :at), evaluation_id = null, idx = null,
                               steps = null
                        where instance = :instance""")
                .bind("at", seenAt)
                .bind("instance", ended.instance())
                .execute();
        for (Deliveries.Handout lost : Deliveries.lost(handle, ended, seenAt)) {
            WorkUnits.waitsAgain(handle, lost.evaluation(), lost.unit(), lost.handout());
            explain(handle, lost);
        }
        forget(handle, seenAt);
    }

    /** An evaluation that failed over the unit already, before this was known of it, is told so. */
    private static void explain(Handle handle, Deliveries.Handout lost) {
        UnitFailure now = UnitFailure.of(handle, lost.evaluation(), lost.unit());
        handle.createUpdate("""
                        update evaluation set failure = :reason, failure_kind = :kind, failure_log = :log
                        where id = :id and state = :failed and failure_unit = :unit and round = :round""")
                .bind("reason", now.reason())
                .bind("kind", now.kind())
                .bindArray("log", String.class, now.log().toArray())
                .bind("failed", EvaluationState.FAILED)
                .bind("id", lost.evaluation())
                .bind("unit", lost.unit())
                .bind("round", lost.round())
                .execute();
    }

    /** Of a solver that ends again and again without any unit nobody will ask. */
    private static void forget(Handle handle, Instant now) {
        handle.createUpdate("""
                        delete from solver_end s
                        where s.at < :old and not exists (select 1 from delivery d where d.instance = s.instance)""").bind("old", now.minus(KEPT)).execute();
    }
}
