package dev.trmarena.db.remove;

import dev.trmarena.messages.Kept;
import dev.trmarena.messages.Retention;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Rows that tell of the past, and that nothing depends on: {@link Retention} says how long they stay, and how many bytes of them. */
public final class ForgetOld {
    /** Of the events, and of the troubles, of an evaluation; a page shows as many. */
    static final int MOST_OF_ONE = 500;

    private ForgetOld() {}

    /** @return how many rows went */
    public static int all(Handle handle, Retention retention, Instant now) {
        return deliveries(handle, retention, now)
                + solvers(handle, retention, now)
                + quarantined(handle, retention, now)
                + removed(handle, retention, now)
                + requests(handle, retention, now)
                + senders(handle)
                + history(handle);
    }

    /** Of evaluations that were over before; what failed stays, because pages tell of it. */
    static int deliveries(Handle handle, Retention retention, Instant now) {
        return forget(handle, retention, now, Kept.DELIVERIES, "delivery", """
                select d.ctid as which, e.finished_at as at, pg_column_size(d.*) as bytes
                from delivery d join evaluation e on e.id = d.evaluation_id
                where e.is_over and d.ended_at is not null and not d.came_to_nothing""");
    }

    /** Not heard of since, and how processes of solvers ended before that. */
    static int solvers(Handle handle, Retention retention, Instant now) {
        return forget(
                        handle,
                        retention,
                        now,
                        Kept.SOLVERS,
                        "solver",
                        "select s.ctid as which, seen_at as at, pg_column_size(s.*) as bytes from solver s")
                + forget(
                        handle,
                        retention,
                        now,
                        Kept.SOLVERS,
                        "solver_end",
                        "select s.ctid as which, at, pg_column_size(s.*) as bytes from solver_end s");
    }

    static int quarantined(Handle handle, Retention retention, Instant now) {
        return forget(
                handle,
                retention,
                now,
                Kept.QUARANTINED,
                "quarantined_message",
                "select ctid as which, at, octet_length(bytes) as bytes from quarantined_message");
    }

    /** That evaluations were removed. */
    static int removed(Handle handle, Retention retention, Instant now) {
        return forget(
                handle,
                retention,
                now,
                Kept.REMOVED,
                "removed_evaluation",
                "select r.ctid as which, removed_at as at, pg_column_size(r.*) as bytes from removed_evaluation r");
    }

    /** Whoever sends a request again so late has lost more than an answer; what reading an upload ended may be tried again. */
    static int requests(Handle handle, Retention retention, Instant now) {
        return forget(
                        handle,
                        retention,
                        now,
                        Kept.REQUESTS,
                        "answered_request",
                        "select r.ctid as which, answered_at as at, pg_column_size(r.*) as bytes from answered_request r")
                + forget(handle, retention, now, Kept.REQUESTS, "risky_work", """
                        select w.ctid as which, began_at as at, pg_column_size(w.*) as bytes from risky_work w
                        where kind <> 'score'""");
    }

    /** Who asked for what is over. */
    private static int senders(Handle handle) {
        return handle.execute("delete from asked_by using evaluation e where e.id = evaluation_id and e.is_over");
    }

    /** Of one that was paused and resumed, or that failed and was tried again, as often as anybody likes: the last stay. */
    static int history(Handle handle) {
        return handle.execute("""
                        delete from evaluation_event e using (
                          select id, row_number() over (partition by evaluation_id order by id desc) as place
                          from evaluation_event) last
                        where last.id = e.id and last.place > ?""", MOST_OF_ONE) + handle.execute("""
                        delete from delivery d using (
                          select ctid as which, row_number() over (partition by evaluation_id order by number desc) as place
                          from delivery where came_to_nothing) last, evaluation e
                        where last.which = d.ctid and last.place > ? and e.id = d.evaluation_id and e.is_over""", MOST_OF_ONE);
    }

    /** @param rows those that may go, with {@code which} (ctid), {@code at} and {@code bytes} */
    private static int forget(Handle handle, Retention retention, Instant now, Kept kept, String table, String rows) {
        int old = handle.createUpdate("delete from " + table + " where ctid in (select which from (" + rows
                        + ") told where at < :before)")
                .bind("before", now.minus(retention.time(kept)))
                .execute();
        // What the table takes, with all that belongs to it, is more than what these rows do: mostly nothing is added
        // up.
        boolean fits = handle.createQuery("select pg_total_relation_size(:table::regclass) <= :most")
                .bind("table", table)
                .bind("most", retention.bytes(kept))
                .mapTo(Boolean.class)
                .one();
        if (fits) {
            return old;
        }
        return old
                + handle.createUpdate("""
                        delete from %s where ctid in (
                          select which from (select which, at, sum(bytes) over (order by at desc, which) as total from (%s) told) young
                          where young.at < :needed and young.total > :most)""".formatted(table, rows))
                        .bind("needed", now.minus(retention.needed(kept)))
                        .bind("most", retention.bytes(kept))
                        .execute();
    }

    /** Whether an evaluation was removed since. */
    public static boolean anyRemovedSince(Handle handle, Instant since) {
        return handle.createQuery("select exists (select 1 from removed_evaluation where removed_at >= :since)")
                .bind("since", since)
                .mapTo(Boolean.class)
                .one();
    }
}
