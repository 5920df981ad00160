package dev.trmarena.db.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.db.SqlArrays;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Verification;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.Protocol;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Evaluations with their progress and scores for the API. */
public final class ReadEvaluations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Double>> SCORES = new TypeReference<>() {};
    private static final TypeReference<Map<String, Interval>> INTERVALS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Long>> MILLIS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final String SELECT = """
            select e.id, e.state, e.failure, e.failure_kind, e.failure_log, e.partial, e.priority, e.attempt as repeat, e.original_id,
                   %s,
                   e.model, e.protocol, e.mean_steps, e.example_count, e.unit_count,
                   e.since, e.created_at, e.started_at, e.finished_at,
                   s.name as puzzle_set, s.kind, s.ranking_metric,
                   c.tensor_digest, c.file_name, c.architecture, c.core_parameters, c.embedding_parameters,
                   c.manifest -> 'hyperParameters' as hyper_parameters, c.manifest -> 'sources' as sources,
                   done.units as units_done, done.examples as examples_done, done.compute_ms,
                   (select json_object_agg(metric, value) from score where evaluation_id = e.id) as scores,
                   (select json_object_agg(metric, json_build_object('low', low, 'high', high))
                    from score where evaluation_id = e.id and low is not null) as intervals
            from evaluation e
            join puzzle_set s on s.id = e.puzzle_set_id
            join checkpoint c on c.id = e.checkpoint_id
            cross join lateral (
              select count(*) as units, coalesce(sum(u.example_count), 0) as examples,
                     coalesce(sum(u.compute_ms), 0) as compute_ms
              from work_unit u where u.evaluation_id = e.id and u.solved_at is not null) done
            """.formatted(ReadAgreements.VERIFICATION);

    private ReadEvaluations() {}

    public static Optional<EvaluationView> byId(Handle handle, UUID id) {
        var progress = new ReadProgress(handle);
        return handle.createQuery(SELECT + "where e.id = :id")
                .bind("id", id)
                .map((row, context) -> view(row, progress))
                .findOne();
    }

    /**
     * @param after only what comes after this evaluation; null for the very newest
     * @param limit at most so many, at least 1
     */
    public static List<EvaluationView> newest(Handle handle, @Nullable UUID after, int limit) {
        var progress = new ReadProgress(handle);
        return handle.createQuery(SELECT + """
                        left join evaluation last on last.id = :after
                        where last.id is null or e.created_at < last.created_at
                              or (e.created_at = last.created_at and e.id > last.id)
                        order by e.created_at desc, e.id limit :limit""")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> view(row, progress))
                .list();
    }

    /** The other evaluations of the same weights on the same set, newest first: they differ in protocol or settings. */
    public static List<EvaluationView> variants(Handle handle, UUID evaluation) {
        var progress = new ReadProgress(handle);
        return handle.createQuery(SELECT + """
                        join evaluation given on given.id = :id and given.id <> e.id
                             and given.puzzle_set_id = e.puzzle_set_id
                        join checkpoint weights on weights.id = given.checkpoint_id
                             and weights.tensor_digest = c.tensor_digest
                        order by e.created_at desc, e.id""")
                .bind("id", evaluation)
                .map((row, context) -> view(row, progress))
                .list();
    }

    /** This evaluation and all its repeats, in their order. */
    public static List<EvaluationView> repeats(Handle handle, UUID evaluation) {
        var progress = new ReadProgress(handle);
        return handle.createQuery(SELECT + """
                        where coalesce(e.original_id, e.id) = (
                          select coalesce(original_id, id) from evaluation where id = :id)
                        order by e.attempt, e.created_at, e.id""")
                .bind("id", evaluation)
                .map((row, context) -> view(row, progress))
                .list();
    }

    /** Those that may still change, and those that ended within the last minute. */
    public static List<EvaluationView> openOrJustOver(Handle handle) {
        var progress = new ReadProgress(handle);
        return handle.createQuery(SELECT + """
                        where not e.is_over or e.finished_at > now() - interval '1 minute'
                        order by e.created_at""")
                .map((row, context) -> view(row, progress))
                .list();
    }

    private static EvaluationView view(ResultSet row, ReadProgress progress) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        EvaluationState state = EvaluationState.of(row.getString("state"));
        return new EvaluationView(
                id,
                state,
                failure(row),
                progress.of(id, state),
                row.getBoolean("partial"),
                Priority.of(row.getString("priority")),
                row.getInt("repeat"),
                row.getObject("original_id", UUID.class),
                Verification.of(row.getString("verification")),
                row.getString("model"),
                row.getString("puzzle_set"),
                row.getString("kind"),
                row.getString("tensor_digest"),
                row.getString("file_name"),
                row.getString("architecture"),
                values(row.getString("hyper_parameters")),
                json(row.getString("sources"), TEXTS),
                ProtocolView.of(Protocol.parse(row.getString("protocol"))),
                number(row, "mean_steps"),
                row.getLong("core_parameters"),
                row.getLong("embedding_parameters"),
                row.getInt("example_count"),
                row.getInt("examples_done"),
                row.getInt("unit_count"),
                row.getInt("units_done"),
                row.getLong("compute_ms"),
                scores(row.getString("scores")),
                intervals(row.getString("intervals")),
                ReadPuzzleSets.mainMetric(row),
                row.getTimestamp("since").toInstant(),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("started_at")),
                instant(row.getTimestamp("finished_at")));
    }

    private static @Nullable FailureView failure(ResultSet row) throws SQLException {
        String reason = row.getString("failure");
        if (reason == null) {
            return null;
        }
        return FailureView.of(
                FailureKind.of(row.getString("failure_kind")), reason, SqlArrays.texts(row, "failure_log"));
    }

    static Map<String, Double> scores(@Nullable String json) {
        return json(json, SCORES);
    }

    static Map<String, Interval> intervals(@Nullable String json) {
        return json(json, INTERVALS);
    }

    static Map<String, Long> millis(@Nullable String json) {
        return json(json, MILLIS);
    }

    static Map<String, Object> values(@Nullable String json) {
        return json(json, VALUES);
    }

    private static <V> Map<String, V> json(@Nullable String json, TypeReference<Map<String, V>> type) {
        if (json == null) {
            return Map.of();
        }
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres gave an object that is not JSON: " + json, e);
        }
    }

    static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : Double.valueOf(value);
    }

    static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
