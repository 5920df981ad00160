package dev.trmarena.db.board;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.StepScore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/** What was answered after each improvement step. */
public final class ReadSteps {
    /** In a query with the ends of an interval: the interval; null where it has none. */
    static final String INTERVAL =
            "case when low is not null then json_build_object('low', low, 'high', high) end as interval";

    private ReadSteps() {}

    /** A step's value of one metric. */
    private record Row(
            int step,
            String metric,
            double value,
            @Json @Nullable Interval interval) {}

    /** One for each step; empty when the steps of this evaluation were not followed. */
    public static List<StepScore> scores(Handle handle, UUID evaluation) {
        Map<Integer, List<Row>> bySteps = handle
                .createQuery("select step, metric, value, " + INTERVAL + " from step_score where evaluation_id = :id")
                .bind("id", evaluation)
                .mapTo(Row.class)
                .stream()
                .collect(Collectors.groupingBy(Row::step, TreeMap::new, Collectors.toList()));
        return bySteps.entrySet().stream()
                .map(step -> new StepScore(
                        step.getKey(),
                        step.getValue().stream()
                                .collect(Collectors.toMap(Row::metric, Row::value, (a, b) -> a, TreeMap::new)),
                        step.getValue().stream()
                                .map(Row::interval)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElseThrow()))
                .toList();
    }

    /** The answer after a step. */
    public record Frame(
            int example, int step, @Nested("grid_") Grid grid, float qHalt) {}

    /** The steps of these examples, in order; none where nothing was kept. */
    public static List<Frame> replay(Handle handle, UUID evaluation, List<Integer> examples) {
        return examples.isEmpty()
                ? List.of()
                : handle.createQuery("""
                                select f.example, f.step, f.q_halt, g.grid_rows, g.grid_columns, g.cells as grid_cells
                                from replay_frame f join grid g on g.digest = f.grid_digest
                                where f.evaluation_id = :id and f.example in (<examples>)
                                order by f.example, f.step""")
                        .bind("id", evaluation)
                        .bindList("examples", examples)
                        .mapTo(Frame.class)
                        .list();
    }

    /** Whether any are. */
    public static boolean areKept(Handle handle, UUID evaluation) {
        return handle.createQuery("select exists (select from replay_frame where evaluation_id = :id)")
                .bind("id", evaluation)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Of each example the answer after this step, or after the last one before it where it had halted by then.
     *
     * @param after the example behind which they begin; -1 for the first page
     * @return in example order; fewer than the limit when there are no more
     */
    public static List<Frame> after(Handle handle, UUID evaluation, int step, int after, int limit) {
        // The grids are looked up for these alone.
        return handle.createQuery("""
                        select f.example, f.step, f.q_halt, g.grid_rows, g.grid_columns, g.cells as grid_cells
                        from (select distinct on (example) example, step, q_halt, grid_digest from replay_frame
                              where evaluation_id = :id and example > :after and step <= :step
                              order by example, step desc limit :limit) f
                        join grid g on g.digest = f.grid_digest
                        order by f.example""")
                .bind("id", evaluation)
                .bind("after", after)
                .bind("step", step)
                .bind("limit", limit)
                .mapTo(Frame.class)
                .list();
    }
}
