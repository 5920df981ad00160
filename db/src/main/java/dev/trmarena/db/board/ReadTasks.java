package dev.trmarena.db.board;

import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.SolvedTasks;
import dev.trmarena.puzzles.set.PuzzleKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jspecify.annotations.Nullable;

/** The tasks of a finished evaluation. */
public final class ReadTasks {
    private static final String CANDIDATES = """
            select c.task, c.output, c.rank, c.votes, c.mean_halt, g.grid_rows, g.grid_columns, g.cells as grid_cells
            from candidate c join grid g on g.digest = c.grid_digest where c.evaluation_id = :id
            """;

    /** Every test output with its first candidate, where there is one. */
    private static final String FIRST_CANDIDATES = """
            from test_output t
            left join candidate c on c.evaluation_id = t.evaluation_id and c.task = t.task
                 and c.output = t.output and c.rank = 1
            left join grid g on g.digest = c.grid_digest
            where t.evaluation_id = :id""";

    private ReadTasks() {}

    /** All tasks in order, how their test outputs and the first candidates of these went. */
    public static List<TaskRow> all(Handle handle, UUID evaluation, PuzzleKind kind) {
        return handle.createQuery("""
                        select t.task, count(*) as outputs, count(*) filter (where solution_rank <= :attempts) as solved,
                               count(*) filter (where solution_rank <= :candidates) as found,
                               case when count(solution_rank) = count(*) then max(solution_rank) end as solution_rank,
                               (array_agg(wrong_cells order by t.output))[1] as wrong_cells,
                               case when count(wrong_cells) = count(*)
                                    then 1 - sum(wrong_cells) / sum(g.grid_rows * g.grid_columns)::float8 end
                                 as right_cells,
                               min(coalesce(c.votes, 0)) as votes, min(coalesce(c.mean_halt, 0)) as mean_halt
                        %s group by t.task order by t.task""".formatted(FIRST_CANDIDATES))
                .bind("id", evaluation)
                .bind("attempts", kind.attempts())
                .bind("candidates", kind.candidates())
                .mapTo(TaskRow.class)
                .list();
    }

    /**
     * Some test outputs in the order of the tasks.
     *
     * @param last the one behind which they begin; null for the first page
     * @return fewer than the limit when there are no more
     */
    public static List<OutputRow> outputs(Handle handle, UUID evaluation, @Nullable OutputRow last, int limit) {
        return handle.createQuery("""
                        select t.task, t.output, t.candidates, t.solution_rank, t.wrong_cells,
                               g.grid_rows * g.grid_columns as cells, c.votes, c.mean_halt
                        %s and (t.task, t.output) > (:task, :output)
                        order by t.task, t.output limit :limit""".formatted(FIRST_CANDIDATES))
                .bind("id", evaluation)
                .bind("task", last == null ? -1 : last.task())
                .bind("output", last == null ? -1 : last.output())
                .bind("limit", limit)
                .mapTo(OutputRow.class)
                .list();
    }

    /** The best candidate of the first test output of each of these tasks, where there is one. */
    public static List<StoredCandidate> firstAttempts(Handle handle, UUID evaluation, List<Integer> tasks) {
        return tasks.isEmpty()
                ? List.of()
                : handle.createQuery(CANDIDATES + "and c.output = 0 and c.rank = 1 and c.task in (<tasks>)")
                        .bind("id", evaluation)
                        .bindList("tasks", tasks)
                        .mapTo(StoredCandidate.class)
                        .list();
    }

    /** In the order of task, test output and rank. @param task null for all */
    public static List<StoredCandidate> candidates(Handle handle, UUID evaluation, @Nullable Integer task, int best) {
        return handle.createQuery(CANDIDATES + "and (cast(:task as int) is null or c.task = :task) and c.rank <= :best"
                        + " order by c.task, c.output, c.rank")
                .bind("id", evaluation)
                .bind("task", task)
                .bind("best", best)
                .mapTo(StoredCandidate.class)
                .list();
    }

    /** Rank of the solution of each test output of a task, in order; null where no candidate is right. */
    public static List<Optional<Integer>> solutionRanks(Handle handle, UUID evaluation, int task) {
        return handle.createQuery(
                        "select solution_rank from test_output where evaluation_id = :id and task = :task order by output")
                .bind("id", evaluation)
                .bind("task", task)
                .mapTo(new GenericType<Optional<Integer>>() {})
                .list();
    }

    /**
     * What {@link dev.trmarena.puzzles.score.PairedTest} needs of a finished evaluation. In a transaction.
     *
     * @param attempts within which an output counts as right
     */
    public static SolvedTasks solvedTasks(Handle handle, UUID evaluation, int attempts) {
        var solved = new SolvedTasks();
        handle.createQuery("""
                        select task, coalesce(solution_rank <= :attempts, false) as solved
                        from test_output where evaluation_id = :id""")
                .bind("id", evaluation)
                .bind("attempts", attempts)
                .setFetchSize(10_000)
                .mapTo(SolvedTask.class)
                .forEach(each -> solved.add(each.task(), each.solved()));
        return solved;
    }

    /** Of an output. Public for the mapper. */
    public record SolvedTask(int task, boolean solved) {}

    /** What a part of the tasks of a finished evaluation is scored by: who was right, without any grid. */
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

    private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : Integer.valueOf(value);
    }
}
