package dev.trmarena.db.board;

import dev.trmarena.puzzles.grid.Grid;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.ScoreSheet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tasks of a finished evaluation. */
public final class ReadTasks {
    private static final String CANDIDATES = """
            select c.task, c.output, c.rank, c.votes, c.mean_halt, g.grid_rows, g.grid_columns, g.cells
            from candidate c join grid g on g.digest = c.grid_digest where c.evaluation_id = :id
            """;

    private ReadTasks() {}

    /** All tasks in order. @param attempts how many candidates may be tried to solve a test output */
    public static List<TaskRow> all(Handle handle, UUID evaluation, int attempts) {
        return handle.createQuery("""
                        select task, count(*) as outputs, count(*) filter (where solution_rank <= :k) as solved,
                               (array_agg(wrong_cells order by output))[1] as wrong_cells
                        from test_output where evaluation_id = :id group by task order by task""")
                .bind("id", evaluation)
                .bind("k", attempts)
                .map((row, context) -> new TaskRow(
                        row.getInt("task"), row.getInt("outputs"), row.getInt("solved"), integer(row, "wrong_cells")))
                .list();
    }

    /** The best candidate of the first test output of each of these tasks, where there is one. */
    public static List<StoredCandidate> firstAttempts(Handle handle, UUID evaluation, List<Integer> tasks) {
        return tasks.isEmpty()
                ? List.of()
                : handle.createQuery(CANDIDATES + "and c.output = 0 and c.rank = 1 and c.task in (<tasks>)")
                        .bind("id", evaluation)
                        .bindList("tasks", tasks)
                        .map(ReadTasks::candidate)
                        .list();
    }

    /** In the order of task, test output and rank. @param task null for all */
    public static List<StoredCandidate> candidates(Handle handle, UUID evaluation, @Nullable Integer task, int best) {
        return handle.createQuery(CANDIDATES + "and (cast(:task as int) is null or c.task = :task) and c.rank <= :best"
                        + " order by c.task, c.output, c.rank")
                .bind("id", evaluation)
                .bind("task", task)
                .bind("best", best)
                .map(ReadTasks::candidate)
                .list();
    }

    /** Rank of the solution of each test output of a task, in order; null where no candidate is right. */
    public static List<Optional<Integer>> solutionRanks(Handle handle, UUID evaluation, int task) {
        return handle.createQuery(
                        "select solution_rank from test_output where evaluation_id = :id and task = :task order by output")
                .bind("id", evaluation)
                .bind("task", task)
                .map((row, context) -> Optional.ofNullable(integer(row, "solution_rank")))
                .list();
    }

    /** What {@link dev.trmarena.puzzles.score.PairedTest} needs of a finished evaluation: who was right, without any grid. */
    public static ScoreSheet solvedOutputs(Handle handle, UUID evaluation) {
        List<OutputResult> outputs = handle.createQuery("""
                        select task, output, candidates, solution_rank, wrong_cells
                        from test_output where evaluation_id = :id order by task, output""")
                .bind("id", evaluation)
                .map((row, context) -> new OutputResult(
                        row.getInt("task"),
                        row.getInt("output"),
                        row.getInt("candidates"),
                        integer(row, "solution_rank"),
                        integer(row, "wrong_cells"),
                        List.of()))
                .list();
        return new ScoreSheet(new TreeMap<>(), outputs);
    }

    private static StoredCandidate candidate(ResultSet row, StatementContext context) throws SQLException {
        return new StoredCandidate(
                row.getInt("task"),
                row.getInt("output"),
                row.getInt("rank"),
                new Grid(row.getInt("grid_rows"), row.getInt("grid_columns"), row.getBytes("cells")),
                row.getInt("votes"),
                row.getDouble("mean_halt"));
    }

    private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : Integer.valueOf(value);
    }
}
