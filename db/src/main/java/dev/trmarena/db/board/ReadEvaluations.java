package dev.trmarena.db.board;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Evaluations with their progress and scores for the API. */
public final class ReadEvaluations {

    private static final String SELECT = """
            select e.id, e.state, e.canary, %s, e.failure, e.failure_kind, coalesce(e.failure_log, '{}') as failure_log,
                   case when not e.is_over then e.id end as progress,
                   e.partial, %s, e.priority, e.repeat, e.original_id as original,
                   %s,
                   e.model, e.protocol, e.mean_steps, e.example_count, e.unit_count,
                   e.since, e.created_at, e.started_at, e.finished_at,
                   s.name as puzzle_set, s.kind as puzzle_set_kind, %s as main_metric,
                   c.tensor_digest as checkpoint, coalesce(c.file_name, a.file_name) as file_name, c.origin, c.architecture, c.core_parameters, c.embedding_parameters,
                   coalesce(c.manifest -> 'hyperParameters', '{}') as hyper_parameters,
                   coalesce(c.manifest -> 'sources', '{}') as configuration_sources,
                   coalesce(c.manifest -> 'notes', '[]') || to_jsonb(e.notes) as notes,
                   %s,
                   done.units as units_done, done.examples as examples_done, done.compute_ms + (select coalesce(sum(millis), 0) from (%s) computed) as compute_millis,
                   (select coalesce(json_object_agg(metric, value), '{}') from score where evaluation_id = e.id) as scores,
                   (select coalesce(json_object_agg(metric, json_build_object('low', low, 'high', high)), '{}')
                    from score where evaluation_id = e.id and low is not null) as intervals
            from evaluation e
            join puzzle_set s on s.id = e.puzzle_set_id
            left join checkpoint c on c.id = e.checkpoint_id
            left join answers a on a.evaluation_id = e.id
            cross join lateral (
              select count(*) as units, coalesce(sum(u.example_count), 0) as examples,
                     coalesce(sum(u.compute_ms), 0) as compute_ms
              from work_unit u where u.evaluation_id = e.id and u.solved_at is not null) done
            """.formatted(
                    TrainingView.SQL,
                    AnsweredView.COLUMNS,
                    ReadAgreements.VERIFICATION,
                    ReadPuzzleSets.MAIN_METRIC,
                    AnswersView.COLUMNS,
                    TrainingView.COMPUTED);

    private ReadEvaluations() {}

    public static Optional<EvaluationView> byId(Handle handle, UUID id) {
        return select(handle, "where e.id = :id")
                .bind("id", id)
                .mapTo(EvaluationView.class)
                .findOne();
    }

    /**
     * @param after only what comes after this evaluation; null for the very newest
     * @param limit at most so many, at least 1
     */
    public static List<EvaluationView> newest(Handle handle, @Nullable UUID after, int limit) {
        return select(handle, """
                        left join evaluation last on last.id = :after
                        where last.id is null or e.created_at < last.created_at
                              or (e.created_at = last.created_at and e.id > last.id)
                        order by e.created_at desc, e.id limit :limit""")
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(EvaluationView.class)
                .list();
    }

    /** Those of these that there are, newest first. */
    public static List<EvaluationView> byIds(Handle handle, List<UUID> ids) {
        return select(handle, "where e.id = any(:ids) order by e.created_at desc, e.id")
                .bindArray("ids", UUID.class, ids)
                .mapTo(EvaluationView.class)
                .list();
    }

    /** The other evaluations of the same weights on the same set, newest first: they differ in protocol or settings. */
    public static List<EvaluationView> variants(Handle handle, UUID evaluation) {
        return select(handle, """
                        join evaluation given on given.id = :id and given.id <> e.id
                             and given.puzzle_set_id = e.puzzle_set_id
                        join checkpoint weights on weights.id = given.checkpoint_id
                             and weights.tensor_digest = c.tensor_digest
                        order by e.created_at desc, e.id""")
                .bind("id", evaluation)
                .mapTo(EvaluationView.class)
                .list();
    }

    /** This evaluation and all its repeats, in their order. */
    public static List<EvaluationView> repeats(Handle handle, UUID evaluation) {
        return select(handle, """
                        where coalesce(e.original_id, e.id) = (
                          select coalesce(original_id, id) from evaluation where id = :id)
                        order by e.repeat, e.created_at, e.id""")
                .bind("id", evaluation)
                .mapTo(EvaluationView.class)
                .list();
    }

    /** Those that may still change, and those that ended within the last minute. */
    public static List<EvaluationView> openOrJustOver(Handle handle) {
        return select(handle, """
                        where not e.is_over or e.finished_at > now() - interval '1 minute'
                        order by e.created_at""").mapTo(EvaluationView.class).list();
    }

    private static Query select(Handle handle, String which) {
        return handle.createQuery(SELECT + which).registerColumnMapper(new ReadProgress(handle));
    }
}
