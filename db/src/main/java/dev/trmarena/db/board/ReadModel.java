package dev.trmarena.db.board;

import dev.trmarena.db.SqlArrays;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.Verification;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.set.PuzzleKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** A model: everything that was evaluated under one name. */
public final class ReadModel {
    /** Other names of the same weights that are listed. */
    public static final int MOST_NAMES = 50;

    /** The metric that ranks on the set s: its own, or the main one of its kind. */
    private static final String RANKING_METRIC = """
            coalesce(s.ranking_metric, (select metric from unnest(:kinds, :metrics) as main (kind, metric) where kind = s.kind))""";

    private ReadModel() {}

    /**
     * What a name stands for.
     *
     * @param evaluations whatever their state
     * @param first when the first of them was submitted
     * @param last when the last of them was submitted
     */
    public record Seen(int evaluations, int checkpoints, Instant first, Instant last) {}

    /** Empty when nothing was ever evaluated under that name. */
    public static Optional<Seen> seen(Handle handle, String model) {
        return handle.createQuery("""
                        select count(*) as evaluations, count(distinct checkpoint_id) as checkpoints,
                               min(created_at) as first, max(created_at) as last
                        from evaluation where model = :model having count(*) > 0""")
                .bind("model", model)
                .map((row, context) -> new Seen(
                        row.getInt("evaluations"),
                        row.getInt("checkpoints"),
                        row.getTimestamp("first").toInstant(),
                        row.getTimestamp("last").toInstant()))
                .findOne();
    }

    /** Its checkpoints, newest first by when the model first had them. @param limit at most so many, at least 1 */
    public static List<CheckpointView> checkpoints(Handle handle, String model, int limit) {
        return handle.createQuery("""
                        with had as (
                          select checkpoint_id, count(*) as evaluations, min(created_at) as first_seen
                          from evaluation where model = :model group by checkpoint_id
                          order by first_seen desc, checkpoint_id limit :limit),
                        others as (
                          select c.tensor_digest, e.model, min(e.created_at) as first_seen
                          from evaluation e join checkpoint c on c.id = e.checkpoint_id
                          where e.model <> :model and c.tensor_digest in (
                            select own.tensor_digest from had join checkpoint own on own.id = had.checkpoint_id)
                          group by c.tensor_digest, e.model)
                        select c.manifest_digest, c.tensor_digest, c.source_digest, c.file_name, c.architecture,
                               c.core_parameters, c.embedding_parameters, c.manifest -> 'hyperParameters' as hyper_parameters,
                               had.evaluations, had.first_seen,
                               array(select o.model from others o where o.tensor_digest = c.tensor_digest
                                     order by o.first_seen, o.model limit :names) as other_models
                        from had join checkpoint c on c.id = had.checkpoint_id
                        order by had.first_seen desc, c.id""")
                .bind("model", model)
                .bind("limit", limit)
                .bind("names", MOST_NAMES)
                .map((row, context) -> new CheckpointView(
                        row.getString("manifest_digest"),
                        row.getString("tensor_digest"),
                        row.getString("source_digest"),
                        row.getString("file_name"),
                        row.getString("architecture"),
                        row.getLong("core_parameters"),
                        row.getLong("embedding_parameters"),
                        ReadEvaluations.values(row.getString("hyper_parameters")),
                        row.getInt("evaluations"),
                        row.getTimestamp("first_seen").toInstant(),
                        SqlArrays.texts(row, "other_models")))
                .list();
    }

    /**
     * The best score on each set by each protocol, since scores of different protocols are different quantities. By the name of
     * the set; on each the protocols as the authors report first. What has no score is left out.
     *
     * @param limit at most so many, at least 1
     */
    public static List<BestScoreView> best(Handle handle, String model, int limit) {
        return withMetrics(handle, """
                        with scored as (
                          select e.*, s.name as puzzle_set, s.kind, own.metric, own.value, own.low, own.high,
                                 count(*) over (partition by e.puzzle_set_id, e.protocol) as evaluations,
                                 row_number() over (partition by e.puzzle_set_id, e.protocol
                                   order by own.value desc, e.finished_at, e.id) as place
                          from evaluation e join puzzle_set s on s.id = e.puzzle_set_id
                          join score own on own.evaluation_id = e.id and own.metric = %s
                          where e.model = :model and e.state = 'finished')
                        select e.id, e.protocol, e.finished_at, e.puzzle_set, e.kind, e.metric, e.value, e.low, e.high,
                               e.evaluations, c.tensor_digest, %s
                        from scored e join checkpoint c on c.id = e.checkpoint_id
                        where e.place = 1
                        order by e.puzzle_set, e.protocol limit :limit""".formatted(RANKING_METRIC, ReadAgreements.VERIFICATION))
                .bind("model", model)
                .bind("limit", limit)
                .map((row, context) -> new BestScoreView(
                        row.getString("puzzle_set"),
                        row.getString("kind"),
                        ProtocolView.of(Protocol.parse(row.getString("protocol"))),
                        row.getString("metric"),
                        row.getDouble("value"),
                        interval(row),
                        row.getObject("id", UUID.class),
                        row.getString("tensor_digest"),
                        Verification.of(row.getString("verification")),
                        row.getInt("evaluations"),
                        row.getTimestamp("finished_at").toInstant()))
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
        return withMetrics(handle, """
                        select e.id, e.state, e.partial, e.attempt as repeat, e.protocol, e.created_at, e.finished_at,
                               s.name as puzzle_set, s.kind, c.tensor_digest, c.file_name,
                               ranking.metric, own.value, own.low, own.high, %s
                        from evaluation e
                        join puzzle_set s on s.id = e.puzzle_set_id
                        join checkpoint c on c.id = e.checkpoint_id
                        cross join lateral (select %s as metric) ranking
                        left join score own on own.evaluation_id = e.id and own.metric = ranking.metric
                        where e.model = :model and (cast(:after as uuid) is null
                          or (e.created_at, e.id) < (select created_at, id from evaluation where id = :after))
                        order by e.created_at desc, e.id desc limit :limit""".formatted(ReadAgreements.VERIFICATION, RANKING_METRIC))
                .bind("model", model)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> line(row))
                .list();
    }

    private static EvaluationLine line(ResultSet row) throws SQLException {
        return new EvaluationLine(
                row.getObject("id", UUID.class),
                EvaluationState.of(row.getString("state")),
                row.getBoolean("partial"),
                row.getInt("repeat"),
                Verification.of(row.getString("verification")),
                row.getString("puzzle_set"),
                row.getString("kind"),
                ProtocolView.of(Protocol.parse(row.getString("protocol"))),
                row.getString("tensor_digest"),
                row.getString("file_name"),
                row.getString("metric"),
                ReadEvaluations.number(row, "value"),
                interval(row),
                row.getTimestamp("created_at").toInstant(),
                ReadEvaluations.instant(row.getTimestamp("finished_at")));
    }

    private static @Nullable Interval interval(ResultSet row) throws SQLException {
        Double low = ReadEvaluations.number(row, "low");
        Double high = ReadEvaluations.number(row, "high");
        return low == null || high == null ? null : new Interval(low, high);
    }

    private static Query withMetrics(Handle handle, String sql) {
        PuzzleKind[] kinds = PuzzleKind.values();
        return handle.createQuery(sql)
                .bindArray(
                        "kinds",
                        String.class,
                        Arrays.stream(kinds).map(PuzzleKind::key).toArray())
                .bindArray(
                        "metrics",
                        String.class,
                        Arrays.stream(kinds).map(PuzzleKind::mainMetric).toArray());
    }
}
