package dev.trmarena.db.board;

import dev.trmarena.messages.EvaluationState;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The leaderboard of a puzzle set. */
public final class ReadBoard {
    private ReadBoard() {}

    /**
     * One short query, asked before every answer.
     *
     * @param without name of the set whose tasks are left out; null for none
     * @return empty when there is no such puzzle set
     */
    public static Optional<BoardVersion> version(Handle handle, String puzzleSet, @Nullable String without) {
        return handle.createQuery("""
                        select s.id as set, s.manifest_digest as manifest, s.ranking_metric as ranking, runs.evaluations, runs.finished, runs.last_finished,
                               (select count(*) from agreement a join evaluation e on e.id = a.evaluation_id
                                where e.puzzle_set_id = s.id) as agreements,
                               (select max(imported_at) from published_import) as last_published,
                               (select manifest_digest from puzzle_set where name = :without) as without_manifest
                        from puzzle_set s cross join lateral (
                          select count(*) as evaluations, count(*) filter (where e.state = :finished) as finished,
                                 max(e.finished_at) filter (where e.state = :finished) as last_finished
                          from evaluation e where e.puzzle_set_id = s.id) runs
                        where s.name = :set""")
                .bind("set", puzzleSet)
                .bind("finished", EvaluationState.FINISHED)
                .bind("without", without)
                .mapTo(BoardVersion.class)
                .findOne();
    }

    /**
     * The finished evaluations on a puzzle set by one protocol, best first; equal scores in the order in which they finished.
     * Of several repeats the first that finished: the others confirm it or do not, and never replace it by a luckier one.
     */
    public static List<BoardRow> ranked(Handle handle, String puzzleSet, String protocol, String metric) {
        return handle.createQuery("""
                        with repeats as (
                          select e.*, own.value,
                                 %s as run,
                                 count(*) over (partition by coalesce(e.original_id, e.id)) - 1 as repeats,
                                 array_agg(e.model) over (partition by coalesce(e.original_id, e.id)) as names
                          from evaluation e left join score own on own.evaluation_id = e.id and own.metric = :metric
                          where e.puzzle_set_id = (select id from puzzle_set where name = :set)
                            and e.state = :finished and e.protocol = :protocol)
                        select e.id, e.model, e.repeat, e.repeats,
                               array(select distinct name from unnest(e.names) as name where name <> e.model order by 1) as also_as, e.mean_steps, e.finished_at,
                               c.tensor_digest as checkpoint, c.file_name, c.architecture, c.core_parameters, c.embedding_parameters,
                               cast(c.manifest -> 'hyperParameters' ->> 'hCycles' as int) as h_cycles,
                               cast(c.manifest -> 'hyperParameters' ->> 'lCycles' as int) as l_cycles,
                               (select coalesce(json_object_agg(device, millis), '{}') from (
                                  select device, sum(millis) as millis from (
                                    select coalesce(device, '') as device, compute_ms as millis from work_unit
                                    where evaluation_id = e.id and compute_ms is not null and solved_at is not null
                                    union all
                                    %s) computed
                                  group by 1) on_device) as device_millis,
                               %s,
                               scores.scores, scores.intervals
                        from repeats e join checkpoint c on c.id = e.checkpoint_id
                        cross join lateral (
                          select coalesce(json_object_agg(metric, value), '{}') as scores,
                                 coalesce(json_object_agg(metric, json_build_object('low', low, 'high', high))
                                   filter (where low is not null), '{}') as intervals
                          from score where evaluation_id = e.id) scores
                        where e.run = 1
                        order by e.value desc nulls last, e.finished_at, e.id""".formatted(ReadAgreements.RUN, TrainingView.COMPUTED, ReadAgreements.VERIFICATION))
                .bind("set", puzzleSet)
                .bind("protocol", protocol)
                .bind("metric", metric)
                .bind("finished", EvaluationState.FINISHED)
                .mapTo(BoardRow.class)
                .list();
    }

    /** The answers of other systems to a puzzle set, best first; equal scores in the order in which they came. */
    public static List<AnswersRow> answers(Handle handle, String puzzleSet, String metric) {
        return handle.createQuery("""
                        select e.id, e.model, a.file_name, %s, e.finished_at, scores.scores, scores.intervals
                        from evaluation e join answers a on a.evaluation_id = e.id
                        left join score own on own.evaluation_id = e.id and own.metric = :metric
                        cross join lateral (
                          select coalesce(json_object_agg(metric, value), '{}') as scores,
                                 coalesce(json_object_agg(metric, json_build_object('low', low, 'high', high))
                                   filter (where low is not null), '{}') as intervals
                          from score where evaluation_id = e.id) scores
                        where e.puzzle_set_id = (select id from puzzle_set where name = :set)
                        order by own.value desc nulls last, e.finished_at, e.id""".formatted(AnswersView.COLUMNS))
                .bind("set", puzzleSet)
                .bind("metric", metric)
                .mapTo(AnswersRow.class)
                .list();
    }
}
