package dev.trmarena.db.record;

import dev.trmarena.db.EndedEarly;
import dev.trmarena.db.EvaluationHistory;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.HistoryEvent;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.score.FollowedExample;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.LabelMatch;
import dev.trmarena.puzzles.score.PartialSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.StepHistory;
import dev.trmarena.puzzles.score.StepScore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** From the predictions of an evaluation whose units are all solved to its scores. */
public final class FinishEvaluations {
    private static final String PREDICTIONS = """
            select p.example, p.q_halt, p.labelled_cells, p.wrong_cells, g.grid_rows, g.grid_columns, g.cells
            from prediction p join grid g on g.digest = p.grid_digest
            where p.evaluation_id = :id
            """;

    /** Of the rows that are in memory at once where all are read: grids and step histories may be large. */
    private static final int PIECE_BYTES = 8 << 20;

    /** Of a row, beside its grid or its step history. */
    private static final int ROW_BYTES = 300;

    private static final int MOST_ROWS = 10_000;

    private FinishEvaluations() {}

    private static int rows(int bytes) {
        return Math.max(1, Math.min(MOST_ROWS, PIECE_BYTES / (ROW_BYTES + bytes)));
    }

    /** Evaluations that wait for nothing but their scores: the canary, which is solved first, is judged. */
    public static List<UUID> due(Handle handle) {
        return handle.createQuery("""
                        select e.id from evaluation e
                        where not e.is_over and not e.canary_open and all_solved(e)
                        order by e.created_at""").mapTo(UUID.class).list();
    }

    /** The span that planned it; empty when it was planned before there were traces. */
    public static Optional<String> traceparent(Handle handle, UUID evaluation) {
        return handle.createQuery("select traceparent from evaluation where id = :id and traceparent is not null")
                .bind("id", evaluation)
                .mapTo(String.class)
                .findOne();
    }

    /**
     * In example order; to be closed.
     *
     * @param tokens of an example: its grid has no more cells
     */
    public static Stream<ScoredPrediction> predictions(Handle handle, UUID evaluation, int tokens) {
        return handle
                .createQuery(PREDICTIONS + "order by p.example")
                .bind("id", evaluation)
                .setFetchSize(rows(tokens))
                .map(FinishEvaluations::prediction)
                .stream();
    }

    /**
     * Some of them, for whoever wants to hold no connection between one page and the next.
     *
     * @param after the example behind which they begin; -1 for the first page
     * @return in example order; fewer than the limit when there are no more
     */
    public static List<ScoredPrediction> predictions(Handle handle, UUID evaluation, int after, int limit) {
        return handle.createQuery(PREDICTIONS + "and p.example > :after order by p.example limit :limit")
                .bind("id", evaluation)
                .bind("after", after)
                .bind("limit", limit)
                .map(FinishEvaluations::prediction)
                .list();
    }

    private static ScoredPrediction prediction(ResultSet row, StatementContext context) throws SQLException {
        int labelled = row.getInt("labelled_cells");
        LabelMatch match = row.wasNull() ? null : new LabelMatch(labelled, row.getInt("wrong_cells"));
        return new ScoredPrediction(
                row.getInt("example"),
                new Grid(row.getInt("grid_rows"), row.getInt("grid_columns"), row.getBytes("cells")),
                row.getFloat("q_halt"),
                match);
    }

    /**
     * In example order, of the examples that were followed; to be closed.
     *
     * @param steps of the protocol: no history has more
     */
    public static Stream<FollowedExample> stepHistories(Handle handle, UUID evaluation, int steps) {
        return handle
                .createQuery("""
                        select example, trail from prediction
                        where evaluation_id = :id and trail is not null order by example""")
                .bind("id", evaluation)
                .setFetchSize(rows(StepHistory.bytes(steps)))
                .map((row, context) ->
                        new FollowedExample(row.getInt("example"), StepHistory.of(row.getBytes("trail"))))
                .stream();
    }

    /**
     * Scores and the final state; the caller has locked the evaluation and written its outputs, see {@link InsertOutputs}.
     *
     * @param metrics the scores by name
     * @param intervals by the name of the score; not every score has one
     * @param byStep one for each step, of the metric that ranks sets of this kind; none when the steps were not followed
     * @param stepMetric that metric
     * @param rankingMetric the one that ranks the board of this set
     */
    public static void finish(
            Handle handle,
            UUID evaluation,
            Map<String, Double> metrics,
            Map<String, Interval> intervals,
            List<StepScore> byStep,
            String stepMetric,
            String rankingMetric) {
        scores(handle, evaluation, metrics, intervals, Map.of());
        stepScores(handle, evaluation, byStep, stepMetric);
        handle.createUpdate("""
                        update evaluation set state = :finished, finished_at = now(), since = now(),
                               mean_steps = (select avg(steps) from prediction where evaluation_id = :id)
                        where id = :id and not is_over""")
                .bind("finished", EvaluationState.FINISHED)
                .bind("id", evaluation)
                .execute();
        EvaluationHistory.add(handle, evaluation, HistoryEvent.FINISHED, null);
        CompareRepeats.withEarlier(handle, evaluation, rankingMetric);
    }

    /** Evaluations that ended early, with answers that nothing was made of yet. */
    public static List<UUID> endedEarly(Handle handle) {
        return handle.createQuery("""
                        select e.id from evaluation e
                        where %s and not e.partial and exists (
                          select 1 from work_unit u where u.evaluation_id = e.id and u.solved_at is not null)
                        order by e.finished_at""".formatted(EndedEarly.SQL))
                .mapTo(UUID.class)
                .list();
    }

    /** Locks it. @return whether it still is one of {@link #endedEarly} */
    public static boolean lockEndedEarly(Handle handle, UUID evaluation) {
        return handle.createUpdate("""
                        update evaluation e set partial = true
                        where id = :id and %s and not partial""".formatted(EndedEarly.SQL))
                        .bind("id", evaluation)
                        .execute()
                > 0;
    }

    /**
     * What the answers that there are come to; shown, never ranked. The caller has locked the evaluation and written its
     * outputs.
     *
     * @param intervals by the name of the score, over the answered tasks
     */
    public static void finishPartly(
            Handle handle, UUID evaluation, PartialSheet partial, Map<String, Interval> intervals) {
        scores(handle, evaluation, partial.sheet().metrics(), intervals, partial.atLeast());
        handle.createUpdate("update evaluation set answered_tasks = :answered where id = :id")
                .bind("answered", partial.answered())
                .bind("id", evaluation)
                .execute();
    }

    /**
     * The scores of an evaluation.
     *
     * @param intervals by the name of the score
     * @param atLeast of the whole set, where an evaluation ended early
     */
    public static void scores(
            Handle handle,
            UUID evaluation,
            Map<String, Double> metrics,
            Map<String, Interval> intervals,
            Map<String, Double> atLeast) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into score (evaluation_id, metric, value, low, high, at_least)
                values (:id, :metric, :value, :low, :high, :atLeast)""");
        metrics.forEach((metric, value) -> {
            Interval interval = intervals.get(metric);
            batch.bind("id", evaluation)
                    .bind("metric", metric)
                    .bind("value", value)
                    .bind("low", interval == null ? null : interval.low())
                    .bind("high", interval == null ? null : interval.high())
                    .bind("atLeast", atLeast.get(metric))
                    .add();
        });
        batch.execute();
    }

    private static void stepScores(Handle handle, UUID evaluation, List<StepScore> byStep, String metric) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into step_score (evaluation_id, step, metric, value, low, high)
                values (:id, :step, :metric, :value, :low, :high)""");
        for (StepScore score : byStep) {
            score.metrics().forEach((name, value) -> {
                boolean ranks = name.equals(metric);
                batch.bind("id", evaluation)
                        .bind("step", score.step())
                        .bind("metric", name)
                        .bind("value", value)
                        .bind("low", ranks ? score.interval().low() : null)
                        .bind("high", ranks ? score.interval().high() : null)
                        .add();
            });
        }
        batch.execute();
    }
}
