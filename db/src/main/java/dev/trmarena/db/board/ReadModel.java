package dev.trmarena.db.board;

import dev.trmarena.messages.EvaluationState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A model: everything that was evaluated under one name. */
public final class ReadModel {
    /** Other names of the same weights that are listed. */
    public static final int MOST_NAMES = 50;

    private ReadModel() {}

    /**
     * What a name stands for.
     *
     * @param evaluations whatever their state
     * @param first when the first of them was submitted
     * @param last when the last of them was submitted
     */
    public record Totals(int evaluations, int checkpoints, Instant first, Instant last) {}

    /** Empty when nothing was ever evaluated under that name. */
    public static Optional<Totals> totals(Handle handle, String model) {
        return handle.createQuery("""
                        select count(*) as evaluations, count(distinct checkpoint_id) as checkpoints,
                               min(created_at) as first, max(created_at) as last
                        from evaluation where model = :model having count(*) > 0""").bind("model", model).mapTo(Totals.class).findOne();
    }

    /** Its checkpoints, newest first by when the model first had them. @param limit at most so many, at least 1 */
    public static List<CheckpointView> checkpoints(Handle handle, String model, int limit) {
        return handle.createQuery("""
                        with had as (
                          select checkpoint_id, count(*) as evaluations, min(created_at) as first_seen
                          from evaluation where model = :model and checkpoint_id is not null group by checkpoint_id
                          order by first_seen desc, checkpoint_id limit :limit),
                        others as (
                          select c.tensor_digest, e.model, min(e.created_at) as first_seen
                          from evaluation e join checkpoint c on c.id = e.checkpoint_id
                          where e.model <> :model and c.tensor_digest in (
                            select own.tensor_digest from had join checkpoint own on own.id = had.checkpoint_id)
                          group by c.tensor_digest, e.model)
                        select c.manifest_digest as manifest, c.tensor_digest as checkpoint, c.source_digest as source, c.file_name,
                               c.architecture, c.core_parameters, c.embedding_parameters,
                               coalesce(c.manifest -> 'hyperParameters', '{}') as hyper_parameters,
                               had.evaluations, had.first_seen,
                               array(select o.model from others o where o.tensor_digest = c.tensor_digest
                                     order by o.first_seen, o.model limit :names) as other_models
                        from had join checkpoint c on c.id = had.checkpoint_id
                        order by had.first_seen desc, c.id""")
                .bind("model", model)
                .bind("limit", limit)
                .bind("names", MOST_NAMES)
                .mapTo(CheckpointView.class)
                .list();
    }

    /**
     * The best score on each set by each protocol, since scores of different protocols are different quantities. By the name of
     * the set; on each the protocols as the authors report first. What has no score is left out, and so are repeats: they confirm a
     * score and never make a better one.
     *
     * @param limit at most so many, at least 1
     */
    public static List<BestScoreView> best(Handle handle, String model, int limit) {
        return handle
                .createQuery("""
                        with scored as (
                          select e.*, s.name as puzzle_set, s.kind as puzzle_set_kind, own.metric, own.value, own.low, own.high,
                                 count(*) over (partition by e.puzzle_set_id, e.protocol) as evaluations,
                                 %s as run
                          from evaluation e join puzzle_set s on s.id = e.puzzle_set_id
                          join score own on own.evaluation_id = e.id and own.metric = %s
                          where e.model = :model and e.state = :finished),
                        ranked as (
                          select *, row_number() over (partition by puzzle_set_id, protocol order by value desc, finished_at, id) as place
                          from scored where run = 1)
                        select e.id as evaluation, e.protocol, e.finished_at, e.puzzle_set, e.puzzle_set_kind, e.metric, e.value as score, %s,
                               e.evaluations, c.tensor_digest as checkpoint, %s
                        from ranked e join checkpoint c on c.id = e.checkpoint_id
                        where e.place = 1
                        order by e.puzzle_set, e.protocol limit :limit""".formatted(
                                ReadAgreements.RUN,
                                ReadPuzzleSets.MAIN_METRIC,
                                ReadSteps.INTERVAL,
                                ReadAgreements.VERIFICATION))
                .bind("model", model)
                .bind("finished", EvaluationState.FINISHED)
                .bind("limit", limit)
                .mapTo(BestScoreView.class)
                .stream()
                // Stable: within these, as the database ordered them.
                .sorted(Comparator.comparing(BestScoreView::puzzleSet)
                        .thenComparing(best -> !best.protocol().whole()))
                .toList();
    }

    /** Whether an evaluation is one of the model. */
    public static boolean has(Handle handle, String model, UUID evaluation) {
        return handle.createQuery("select exists (select 1 from evaluation where id = :id and model = :model)")
                .bind("id", evaluation)
                .bind("model", model)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Its evaluations, newest first.
     *
     * @param after only those behind this evaluation; null for the very newest
     * @param limit at most so many, at least 1
     */
    public static List<EvaluationLine> evaluations(Handle handle, String model, @Nullable UUID after, int limit) {
        return handle.createQuery("""
                        select e.id, e.state, e.partial, %s, e.repeat, e.protocol, e.created_at, e.finished_at,
                               s.name as puzzle_set, s.kind as puzzle_set_kind, c.tensor_digest as checkpoint, coalesce(c.file_name, a.file_name) as file_name,
                               ranking.metric, own.value as score, %s, %s
                        from evaluation e
                        join puzzle_set s on s.id = e.puzzle_set_id
                        left join checkpoint c on c.id = e.checkpoint_id
                        left join answers a on a.evaluation_id = e.id
                        cross join lateral (select %s as metric) ranking
                        left join score own on own.evaluation_id = e.id and own.metric = ranking.metric
                        where e.model = :model and (cast(:after as uuid) is null
                          or (e.created_at, e.id) < (select created_at, id from evaluation where id = :after))
                        order by e.created_at desc, e.id desc limit :limit""".formatted(
                                AnsweredView.COLUMNS,
                                ReadSteps.INTERVAL,
                                ReadAgreements.VERIFICATION,
                                ReadPuzzleSets.MAIN_METRIC))
                .bind("model", model)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(EvaluationLine.class)
                .list();
    }
}
