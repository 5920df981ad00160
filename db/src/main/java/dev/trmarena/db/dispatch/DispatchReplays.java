package dev.trmarena.db.dispatch;

import dev.trmarena.db.Outbox;
import dev.trmarena.db.OutboxMessage;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Moves wanted replays into the outbox, each as a unit of one example of its finished evaluation. */
public final class DispatchReplays {
    private DispatchReplays() {}

    /**
     * @param inFlight at a time
     * @param failures one that came to nothing so often says so
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
                        update film_request f set given_out_at = :now, handouts = f.handouts + 1
                        from evaluation e
                        join checkpoint c on c.id = e.checkpoint_id
                        join puzzle_set s on s.id = e.puzzle_set_id,
                        work_unit u
                        where e.id = f.evaluation_id and u.evaluation_id = e.id
                              and u.first_example <= f.example and f.example < u.end_example
                              and (f.evaluation_id, f.example) in (
                                select evaluation_id, example from film_request
                                where failure is null and given_out_at is null
                                order by wanted_at, evaluation_id, example
                                limit greatest(0, :inFlight - (
                                  select count(*) from film_request where failure is null and given_out_at is not null))
                                for update skip locked)
                        returning f.evaluation_id, f.example, f.handouts, u.idx, e.round, e.protocol, e.traceparent,
                                  c.manifest_digest as checkpoint_manifest, s.manifest_digest as set_manifest""")
                .bind("now", now)
                .bind("inFlight", limits.inFlight())
                .map((row, context) -> {
                    UUID evaluation = row.getObject("evaluation_id", UUID.class);
                    int example = row.getInt("example");
                    var unit = new WorkUnit(
                            evaluation,
                            row.getInt("idx"),
                            Purpose.REPLAY,
                            row.getInt("round"),
                            row.getInt("handouts"),
                            row.getString("checkpoint_manifest"),
                            row.getString("set_manifest"),
                            example,
                            example + 1,
                            1,
                            row.getString("protocol"),
                            0);
                    return new OutboxMessage(
                            Topics.WORK,
                            evaluation + "/replay/" + example,
                            Json.write(unit),
                            row.getString("traceparent"));
                })
                .list();
        Outbox.add(handle, messages);
        return messages.size();
    }
}
