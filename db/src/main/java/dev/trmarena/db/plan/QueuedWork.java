package dev.trmarena.db.plan;

import org.jdbi.v3.core.Handle;

/** Evaluations that are not over, whether they wait, run or are paused. @param units of all of them, each of which is a row */
public record QueuedWork(int evaluations, long units) {
    public static QueuedWork of(Handle handle) {
        return handle.createQuery("""
                        select count(*) as evaluations, coalesce(sum(unit_count), 0) as units from evaluation
                        where not is_over""").mapTo(QueuedWork.class).one();
    }
}
