package dev.trmarena.db.replay;

import dev.trmarena.db.plan.Outbox;
import dev.trmarena.db.plan.OutboxMessage;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Moves wanted films into the outbox, each as a unit of one example of its finished evaluation: solvers need not know that it is
 * for a film, and recorders take nothing else of it.
 */
public final class DispatchReplays {
    /** So few that they never keep an evaluation waiting. */
    private static final int IN_FLIGHT = 4;

    /** What was not answered by then is given out again: its solver and its broker are gone. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int MOST_TIMES = 3;

    private DispatchReplays() {}

    /**
     * Must run in a transaction; any number of dispatchers may.
     *
     * @return number of films given out
     */
    public static int some(Handle handle, Instant now) {
        // Nearly always: this is asked twenty times a second while units are given out.
        if (ReplayRequests.waiting(handle) == 0) {
            return 0;
        }
        Instant late = now.minus(PATIENCE);
        handle.createUpdate("""
                        update film_request set failure = 'no solver has answered: look at the page of operations, then ask again'
                        where failure is null and times >= :most and given_out_at < :late""").bind("most", MOST_TIMES).bind("late", late).execute();
        List<OutboxMessage> messages = handle.createQuery("""
                        update film_request f set given_out_at = :now, times = f.times + 1
                        from evaluation e
                        join checkpoint c on c.id = e.checkpoint_id
                        join puzzle_set s on s.id = e.puzzle_set_id,
                        work_unit u
                        where e.id = f.evaluation_id and u.evaluation_id = e.id
                              and u.first_example <= f.example and f.example < u.end_example
                              and (f.evaluation_id, f.example) in (
                                select evaluation_id, example from film_request
                                where failure is null and (given_out_at is null or given_out_at < :late)
                                order by wanted_at, evaluation_id, example
                                limit greatest(0, :inFlight - (
                                  select count(*) from film_request where failure is null and given_out_at >= :late))
                                for update skip locked)
                        returning f.evaluation_id, f.example, u.idx, e.round, e.protocol, e.traceparent,
                                  c.manifest_digest as checkpoint_manifest, s.manifest_digest as set_manifest""")
                .bind("now", now)
                .bind("late", late)
                .bind("inFlight", IN_FLIGHT)
                .map((row, context) -> {
                    UUID evaluation = row.getObject("evaluation_id", UUID.class);
                    int example = row.getInt("example");
                    var unit = new WorkUnit(
                            evaluation,
                            row.getInt("idx"),
                            row.getInt("round"),
                            row.getString("checkpoint_manifest"),
                            row.getString("set_manifest"),
                            example,
                            example + 1,
                            1,
                            row.getString("protocol"),
                            Integer.MAX_VALUE);
                    return new OutboxMessage(
                            Topics.WORK,
                            evaluation + "/film/" + example,
                            Json.write(unit),
                            row.getString("traceparent"));
                })
                .list();
        Outbox.add(handle, messages);
        return messages.size();
    }
}
