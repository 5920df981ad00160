package dev.trmarena.db.board;

import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jdbi.v3.json.Json;

/**
 * The denominators of an evaluation that ended early: its scores and their intervals are over the answered tasks, of ARC those of single
 * examples over the answered examples.
 *
 * @param tasks that were answered whole
 * @param of tasks of the puzzle set
 * @param atLeast by metric, what each score is of all of them, whatever the missing answers would have been
 */
public record AnsweredView(
        @PropagateNull int tasks, int of, @Json Map<String, Double> atLeast) {
    /** In a query in which e is an evaluation and s its puzzle set: the columns of it, null unless it ended early. */
    static final String COLUMNS = """
            e.answered_tasks as answered_tasks, s.task_count as answered_of,
            case when e.answered_tasks is not null then (
              select coalesce(json_object_agg(metric, at_least) filter (where at_least is not null), '{}')
              from score where evaluation_id = e.id) end as answered_at_least""";

    public AnsweredView {
        atLeast = new TreeMap<>(atLeast);
    }
}
