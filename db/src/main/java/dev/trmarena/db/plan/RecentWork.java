package dev.trmarena.db.plan;

import dev.trmarena.messages.EvaluationState;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What solvers did lately: the time that evaluations took them.
 *
 * @param checkpoint manifest of the checkpoint as JSON
 * @param seqLen tokens of an example
 * @param steps improvement steps that the examples took, in the mean
 * @param millis time of inference, summed over the units
 */
public record RecentWork(String checkpoint, int seqLen, double steps, long examples, long millis) {

    /** Of the evaluations that were submitted last, at most so many; those that finished. */
    public static List<RecentWork> newest(Handle handle, int limit) {
        return handle.createQuery("""
                        select c.manifest::text as checkpoint, s.seq_len, e.mean_steps as steps,
                               work.examples, work.millis
                        from (select * from evaluation where state = :finished and checkpoint_id is not null order by created_at desc limit :limit) e
                        join checkpoint c on c.id = e.checkpoint_id
                        join puzzle_set s on s.id = e.puzzle_set_id
                        cross join lateral (
                          select sum(example_count) as examples, sum(compute_ms) as millis from work_unit
                          where evaluation_id = e.id and compute_ms > 0) work
                        where work.millis > 0 and e.mean_steps > 0""")
                .bind("finished", EvaluationState.FINISHED)
                .bind("limit", limit)
                .mapTo(RecentWork.class)
                .list();
    }
}
