package dev.trmarena.db.remove;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Rows that tell of the past, and that nothing depends on. Each returns how many went. */
public final class ForgetOld {
    private ForgetOld() {}

    /** Of evaluations that were over before; what failed stays, because pages tell of it. */
    public static int deliveries(Handle handle, Instant before) {
        return handle.createUpdate("""
                        delete from delivery d using evaluation e
                        where e.id = d.evaluation_id and e.is_over and e.finished_at < :before
                          and d.ended_at is not null and not d.came_to_nothing""").bind("before", before).execute();
    }

    /** Not heard of since, and how processes of solvers ended before that. */
    public static int solvers(Handle handle, Instant before) {
        return handle.createUpdate("delete from solver where seen_at < :before")
                        .bind("before", before)
                        .execute()
                + handle.createUpdate("delete from solver_end where at < :before")
                        .bind("before", before)
                        .execute();
    }

    /** @param mostBytes of those that stay, the youngest */
    public static int quarantined(Handle handle, Instant before, long mostBytes) {
        return handle.createUpdate("""
                        delete from quarantined_message q using (
                          select id, sum(octet_length(bytes)) over (order by id desc) as total from quarantined_message) young
                        where young.id = q.id and (q.at < :before or young.total > :most)""")
                .bind("before", before)
                .bind("most", mostBytes)
                .execute();
    }

    /** That evaluations were removed. */
    public static int removed(Handle handle, Instant before) {
        return handle.createUpdate("delete from removed_evaluation where removed_at < :before")
                .bind("before", before)
                .execute();
    }

    /** Who asked for what is over. */
    public static int senders(Handle handle) {
        return handle.execute("delete from asked_by using evaluation e where e.id = evaluation_id and e.is_over");
    }

    /** Whether an evaluation was removed since. */
    public static boolean anyRemovedSince(Handle handle, Instant since) {
        return handle.createQuery("select exists (select 1 from removed_evaluation where removed_at >= :since)")
                .bind("since", since)
                .mapTo(Boolean.class)
                .one();
    }
}
