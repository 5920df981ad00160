package dev.trmarena.db.record;

import dev.trmarena.messages.EvaluationState;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A repeat either confirms the first or shows by how much they differ. */
final class CompareRepeats {
    private CompareRepeats() {}

    /** Compares it with every other finished repeat, example by example; the caller has just finished it. */
    static void withEarlier(Handle handle, UUID evaluation, String metric) {
        handle.createUpdate("""
                        insert into agreement (evaluation_id, against_id, examples, differing, score_difference)
                        select e.id, other.id, e.example_count,
                               e.example_count - (
                                 select count(*) from prediction p join prediction q on q.example = p.example
                                 where p.evaluation_id = e.id and q.evaluation_id = other.id
                                   and q.grid_digest = p.grid_digest),
                               (select value from score where evaluation_id = e.id and metric = :metric)
                               - (select value from score where evaluation_id = other.id and metric = :metric)
                        from evaluation e join evaluation other on other.id <> e.id and other.state = :finished
                          and coalesce(other.original_id, other.id) = coalesce(e.original_id, e.id)
                        where e.id = :id
                        on conflict do nothing""")
                .bind("finished", EvaluationState.FINISHED)
                .bind("id", evaluation)
                .bind("metric", metric)
                .execute();
    }
}
