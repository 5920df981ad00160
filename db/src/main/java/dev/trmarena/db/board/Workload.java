package dev.trmarena.db.board;

import dev.trmarena.db.record.UnsolvedUnit;
import dev.trmarena.messages.EvaluationState;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.json.Json;

/**
 * What is to be done and what is being done.
 *
 * @param waiting units of evaluations that are not over which wait to be given out
 * @param inFlight those that are given out and not solved
 * @param solved those that are solved
 * @param solvers that live
 * @param evaluations number of evaluations by state; a state that none is in is missing
 */
public record Workload(
        long waiting,
        long inFlight,
        long solved,
        long solvers,
        @Json Map<EvaluationState, Long> evaluations) {
    public Workload {
        evaluations = Map.copyOf(evaluations);
    }

    public static Workload read(Handle handle) {
        return handle.createQuery("""
                        select count(*) filter (where %s) + (
                                 select coalesce(sum(e.unit_count - units_made(e)), 0) from evaluation e
                                 where not e.is_over) as waiting,
                               count(*) filter (where %s) as in_flight,
                               count(*) filter (where u.solved_at is not null) as solved,
                               (select count(*) from solver s where lives(s, now())) as solvers,
                               (select coalesce(json_object_agg(state, number), '{}') from (
                                  select state, count(*) as number from evaluation group by state) states) as evaluations
                        from evaluation e join work_unit u on u.evaluation_id = e.id
                        where not e.is_over""".formatted(UnsolvedUnit.IS_WAITING, UnsolvedUnit.IS_IN_FLIGHT))
                .mapTo(Workload.class)
                .one();
    }
}
