package dev.trmarena.db.canary;

import dev.trmarena.db.Outbox;
import dev.trmarena.db.OutboxMessage;
import dev.trmarena.messages.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Moves the demonstrations of evaluations into the outbox. Whoever calls this before units are given out has them solved first. */
public final class DispatchCanaries {
    private DispatchCanaries() {}

    /**
     * @param inFlight units at a time, of all evaluations
     * @param failures one that failed so often is given up
     * @param patience what was not answered by then is given out again, in case it was lost
     */
    public record Limits(int inFlight, int failures, Duration patience) {}

    /**
     * Must run in a transaction; any number of dispatchers may. It waits for no lock.
     *
     * @return number of units given out
     */
    public static int some(Handle handle, Limits limits, Instant now) {
        // Nearly always: this is asked twenty times a second while units are given out.
        if (open(handle) == 0) {
            return 0;
        }
        overdue(handle, now.minus(limits.patience()));
        giveUp(handle, limits.failures());
        List<OutboxMessage> messages = handle.createQuery("""
                        update canary_unit u set given_out_at = :now, handouts = u.handouts + 1
                        from evaluation e
                        join checkpoint c on c.id = e.checkpoint_id
                        join puzzle_set s on s.id = e.puzzle_set_id
                        where e.id = u.evaluation_id and (u.evaluation_id, u.idx) in (
                          select evaluation_id, idx from canary_unit
                          where %1$s and given_out_at is null
                            and exists (select 1 from evaluation w where w.id = evaluation_id and w.is_working)
                          order by (select created_at from evaluation w where w.id = evaluation_id), evaluation_id, idx
                          limit greatest(0, :inFlight - (
                            select count(*) from canary_unit where %1$s and given_out_at is not null))
                          for update skip locked)
                        returning e.id as evaluation, u.idx as index, :purpose as purpose, e.round, u.handouts as handout,
                                  c.manifest_digest as checkpoint_manifest, s.manifest_digest as puzzle_set_manifest,
                                  u.first_example, u.end_example, u.end_example - u.first_example as example_count, u.protocol,
                                  0 as replay_tasks, u.h_cycles, u.l_cycles, false as alone, null::text as point,
                                  e.traceparent""".formatted(CanaryUnits.IS_OPEN))
                .bind("purpose", Purpose.CANARY)
                .bind("now", now)
                .bind("inFlight", limits.inFlight())
                .map(OutboxMessage.ofWork(unit -> "canary/" + unit.evaluation() + "/" + unit.index()))
                .list();
        Outbox.add(handle, messages);
        return messages.size();
    }

    private static int open(Handle handle) {
        return handle.createQuery("select count(*) from canary_unit where " + CanaryUnits.IS_OPEN)
                .mapTo(Integer.class)
                .one();
    }

    /** No failure: it may lie behind others in the topic. */
    private static void overdue(Handle handle, Instant before) {
        handle.createUpdate("""
                        update canary_unit set given_out_at = null where (evaluation_id, idx) in (
                          select evaluation_id, idx from canary_unit
                          where given_out_at < :before and %s for update skip locked)""".formatted(CanaryUnits.IS_OPEN))
                .bind("before", before)
                .execute();
    }

    private static void giveUp(Handle handle, int failures) {
        handle.createUpdate("""
                        update canary_unit set failure = 'it failed ' || times_lost || ' times. The last time: ' || trouble
                        where (evaluation_id, idx) in (
                          select evaluation_id, idx from canary_unit
                          where times_lost >= :failures and %s for update skip locked)""".formatted(CanaryUnits.IS_OPEN))
                .bind("failures", failures)
                .execute();
    }
}
