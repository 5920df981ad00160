package dev.trmarena.db.plan;

import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Evaluations that are not over, whether they wait, run or are paused. @param units of all of them; each becomes a row when it is given out */
public record QueuedWork(int evaluations, long units) {
    private static final String COUNT = """
            select count(*) as evaluations, coalesce(sum(unit_count), 0) as units from evaluation
            where not is_over""";

    public static QueuedWork of(Handle handle) {
        return of(handle.createQuery(COUNT));
    }

    /** What one sender asked for. */
    public static QueuedWork of(Handle handle, String sender) {
        return of(handle.createQuery(COUNT + " and id in (select evaluation_id from asked_by where sender = :sender)")
                .bind("sender", sender));
    }

    private static QueuedWork of(Query query) {
        return query.mapTo(QueuedWork.class).one();
    }

    /** It is this sender's, until it is over; who asks last has it. */
    public static void askedBy(Handle handle, UUID evaluation, String sender) {
        handle.createUpdate("""
                        insert into asked_by (evaluation_id, sender) values (:evaluation, :sender)
                        on conflict (evaluation_id) do update set sender = excluded.sender""")
                .bind("evaluation", evaluation)
                .bind("sender", sender)
                .execute();
    }
}
