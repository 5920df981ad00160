package dev.trmarena.db.dispatch;

import dev.trmarena.db.Outbox;
import dev.trmarena.db.OutboxMessage;
import dev.trmarena.db.adapt.AdaptationStages;
import dev.trmarena.db.record.EvaluationLocks;
import dev.trmarena.db.record.RecordAdaptations;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Moves legs of adaptations into the outbox, of each evaluation one at a time; whoever waits longest is next. Between two legs the units of
 * others have their turn.
 */
public final class DispatchAdaptations {
    private DispatchAdaptations() {}

    /**
     * @param inFlight legs at a time, of all evaluations
     * @param failures one that failed so often ends its evaluation
     * @param patience what was not answered by then is given out again, in case it was lost
     */
    public record Limits(int inFlight, int failures, Duration patience) {}

    /**
     * Must run in a transaction; any number of dispatchers may.
     *
     * @return number of legs given out
     */
    public static int some(Handle handle, Limits limits, Instant now) {
        // Nearly always: this is asked twenty times a second while units are given out.
        boolean any = handle.createQuery("select exists (select 1 from evaluation where adapting and is_working)")
                .mapTo(Boolean.class)
                .one();
        if (!any) {
            return 0;
        }
        // Before any of their rows is held: recorders hold the evaluation first.
        giveUp(handle, limits.failures());
        overdue(handle, now.minus(limits.patience()));
        List<OutboxMessage> messages = handle.createQuery("""
                        update adaptation u set given_out_at = :now, turn = :now, handouts = u.handouts + 1
                        from evaluation e
                        join checkpoint c on c.id = e.checkpoint_id
                        join puzzle_set s on s.id = e.puzzle_set_id
                        where e.id = u.evaluation_id and u.evaluation_id in (
                          select a.evaluation_id from adaptation a
                          where %1$s and a.given_out_at is null
                            and exists (select 1 from evaluation w where w.id = a.evaluation_id and w.adapting and w.is_working)
                          order by a.turn nulls first, (select created_at from evaluation w where w.id = a.evaluation_id)
                          limit greatest(0, :inFlight - (
                            select count(*) from adaptation a where %1$s and a.given_out_at is not null))
                          for update skip locked)
                        returning e.id as evaluation, u.done / u.leg as index, :purpose as purpose, e.round, u.handouts as handout,
                                  c.manifest_digest as checkpoint_manifest,
                                  coalesce(e.solver_set_digest, s.manifest_digest) as puzzle_set_manifest,
                                  u.done as first_example, least(u.done + u.leg, u.steps) as end_example,
                                  least(u.leg, u.steps - u.done) as example_count, e.protocol,
                                  0 as replay_tasks, null::int as h_cycles, null::int as l_cycles, u.times_lost > 0 as alone,
                                  u.point, e.traceparent""".formatted(AdaptationStages.IS_OPEN))
                .bind("purpose", Purpose.ADAPT)
                .bind("now", now)
                .bind("inFlight", limits.inFlight())
                .map(OutboxMessage.ofWork(unit -> "adaptation/" + unit.evaluation() + "/" + unit.index()))
                .list();
        Outbox.add(handle, messages);
        return messages.size();
    }

    /** No failure: it may lie behind others in the topic. */
    private static void overdue(Handle handle, Instant before) {
        handle.createUpdate("""
                        update adaptation set given_out_at = null where evaluation_id in (
                          select a.evaluation_id from adaptation a
                          where a.given_out_at < :before and %s for update skip locked)""".formatted(AdaptationStages.IS_OPEN))
                .bind("before", before)
                .execute();
    }

    private record Hopeless(
            UUID evaluation,
            int done,
            int next,
            int timesLost,
            @Nullable String trouble,
            @Nullable FailureKind kind,
            List<String> log) {}

    private static void giveUp(Handle handle, int failures) {
        List<UUID> many = handle.createQuery("""
                        select a.evaluation_id from adaptation a join evaluation e on e.id = a.evaluation_id
                        where e.adapting and e.is_working and a.times_lost >= :failures""")
                .bind("failures", failures)
                .mapTo(UUID.class)
                .list();
        EvaluationLocks.hold(handle, many);
        for (UUID evaluation : many) {
            handle.createQuery("""
                            select evaluation_id as evaluation, done, least(leg, steps - done) as next, times_lost, trouble,
                                   trouble_kind as kind, trouble_log as log
                            from adaptation where evaluation_id = :id and times_lost >= :failures""")
                    .bind("id", evaluation)
                    .bind("failures", failures)
                    .mapTo(Hopeless.class)
                    .findOne()
                    .ifPresent(each -> WorkUnits.failed(
                            handle,
                            evaluation,
                            each.kind() == null ? FailureKind.SOLVER_ERROR : each.kind(),
                            RecordAdaptations.words(each.done(), each.next()) + " failed " + each.timesLost()
                                    + " times. The last time: " + each.trouble(),
                            each.log()));
        }
    }
}
