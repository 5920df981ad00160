package dev.trmarena.db.record;

import dev.trmarena.db.SqlArrays;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.SolverEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How solvers' processes ended. One that is told twice, or late, changes nothing that is known better. */
public final class RecordSolverEnds {
    /** The start of a unit may be recorded after the end of its solver, but not days after. */
    private static final Duration KEPT = Duration.ofDays(3);

    private RecordSolverEnds() {}

    /** Must run in a transaction. @param seenAt when it reached the broker */
    public static void record(Handle handle, SolverEnded ended, Instant seenAt) {
        int news = handle.createUpdate("""
                        insert into solver_end (instance, solver, at, exit_status, kind, reason, log)
                        values (:instance, :solver, :at, :status, :kind, :reason, :log) on conflict do nothing""")
                .bind("instance", ended.instance())
                .bind("solver", ended.solver())
                .bind("at", seenAt)
                .bind("status", ended.exitStatus())
                .bind("kind", ended.kind().key())
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
        explain(handle, ended);
        forget(handle, seenAt);
    }

    /**
     * The broker or the reaper may have been faster: an evaluation that failed over a unit of this solver is told the last error of
     * that unit once more, with what is known now.
     */
    private static void explain(Handle handle, SolverEnded ended) {
        record Given(UUID evaluation, int unit, int round) {}
        List<Given> givenUp = handle.createQuery("""
                        select distinct e.id, d.idx, d.round
                        from delivery d join evaluation e on e.id = d.evaluation_id
                        where d.instance = :instance and d.ended_at is null
                          and e.state = 'failed' and e.failure_unit = d.idx
                          and (e.failure_kind = :lost or position(:last in e.failure) > 0 or position(:silence in e.failure) > 0)
                          and d.round = (select max(round) from delivery
                            where evaluation_id = d.evaluation_id and idx = d.idx)""")
                .bind("instance", ended.instance())
                .bind("lost", FailureKind.LOST.key())
                .bind("last", Deliveries.LAST_ERROR)
                .bind("silence", Deliveries.SILENCE)
                .map((row, context) ->
                        new Given(row.getObject("id", UUID.class), row.getInt("idx"), row.getInt("round")))
                .list();
        for (Given given : givenUp) {
            Deliveries.Story story = Deliveries.of(handle, given.evaluation(), given.unit(), given.round());
            handle.createUpdate("""
                            update evaluation
                            set failure = split_part(split_part(failure, :last, 1), :silence, 1) || :because,
                                failure_kind = case failure_kind when :lost then failure_kind else :kind end,
                                failure_log = :log
                            where id = :id""")
                    .bind("id", given.evaluation())
                    .bind("last", Deliveries.LAST_ERROR)
                    .bind("silence", Deliveries.SILENCE)
                    .bind("because", story.because())
                    .bind("lost", FailureKind.LOST.key())
                    .bind(
                            "kind",
                            Objects.requireNonNull(story.kind(), "an end that was told")
                                    .key())
                    .bindArray("log", String.class, story.log().toArray())
                    .execute();
        }
    }

    /** Of a solver that ends again and again without any unit nobody will ask. */
    private static void forget(Handle handle, Instant now) {
        handle.createUpdate("""
                        delete from solver_end s
                        where s.at < :old and not exists (select 1 from delivery d where d.instance = s.instance)""").bind("old", now.minus(KEPT)).execute();
    }
}
