package dev.trmarena.db.dispatch;

import dev.trmarena.db.Outbox;
import dev.trmarena.db.OutboxMessage;
import dev.trmarena.messages.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Moves wanted replays into the outbox, each as a unit of one example of its finished evaluation. */
public final class DispatchReplays {
    private DispatchReplays() {}

    /**
     * @param inFlight at a time
     * @param failures one that failed so often says so
     * @param patience what was not answered by then is given out again: its solver and its broker are gone
     */
    public record Limits(int inFlight, int failures, Duration patience) {}

    /**
     * Must run in a transaction; any number of dispatchers may.
     *
     * @return number of replays given out
     */
    public static int some(Handle handle, Limits limits, Instant now) {
        // Nearly always: this is asked twenty times a second while units are given out.
        if (ReplayRequests.waiting(handle) == 0) {
            return 0;
        }
        ReplayRequests.overdue(handle, now.minus(limits.patience()));
        ReplayRequests.giveUp(handle, limits.failures());
        List<OutboxMessage> messages = handle.createQuery("""
                        update replay_request r set given_out_at = :now, handouts = r.handouts + 1
                        from evaluation e
                        join checkpoint c on c.id = coalesce(e.adapted_checkpoint_id, e.checkpoint_id)
                        join puzzle_set s on s.id = e.puzzle_set_id,
                        work_unit u
                        where e.id = r.evaluation_id and u.evaluation_id = e.id
                              and u.first_example <= r.example and r.example < u.end_example
                              and (r.evaluation_id, r.example) in (
                                select evaluation_id, example from replay_request
                                where failure is null and given_out_at is null
                                order by wanted_at, evaluation_id, example
                                limit greatest(0, :inFlight - (
                                  select count(*) from replay_request where failure is null and given_out_at is not null))
                                for update skip locked)
                        returning e.id as evaluation, u.idx as index, :purpose as purpose, e.round, r.handouts as handout,
                                  c.manifest_digest as checkpoint_manifest,
                                  coalesce(e.solver_set_digest, s.manifest_digest) as puzzle_set_manifest,
                                  r.example as first_example, r.example + 1 as end_example, 1 as example_count, e.protocol,
                                  0 as replay_tasks, null::int as h_cycles, null::int as l_cycles, false as alone, null::text as point,
                                  e.traceparent""")
                .bind("purpose", Purpose.REPLAY)
                .bind("now", now)
                .bind("inFlight", limits.inFlight())
                .map(OutboxMessage.ofWork(unit -> unit.evaluation() + "/replay/" + unit.firstExample()))
                .list();
        Outbox.add(handle, messages);
        return messages.size();
    }
}
