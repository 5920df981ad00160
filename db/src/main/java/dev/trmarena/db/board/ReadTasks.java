package dev.trmarena.db.board;

import java.util.List;
import java.util.Optional;
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

    /** Rows that are in memory at once where all are read. */
    private static final int FETCHED = 10_000;

    private ReadTasks() {}

    /**
     * Every test output with its first candidate, where there is one.
     *
     * @param within a condition on the rows of both, with {@code ?} for the table: what it says of one the database does not look
     *     for in the other, and would read the candidates of an evaluation from the first one on for each page
     */
    static String firstCandidates(String within) {
        return """
                from test_output t
                left join candidate c on c.evaluation_id = t.evaluation_id and c.task = t.task
                     and c.output = t.output and c.rank = 1 and %s
                left join grid g on g.digest = c.grid_digest
                where t.evaluation_id = :id and %s""".formatted(within.replace('?', 'c'), within.replace('?', 't'));
    }

    /**
     * Some test outputs in the order of the tasks.
     *
     * @param task of the output behind which they begin; -1 for the first page
     * @param output of that task
     * @return fewer than the limit when there are no more
     */
    public static List<OutputRow> outputs(Handle handle, UUID evaluation, int task, int output, int limit) {
        return handle.createQuery("""
                        select t.task, t.output, t.candidates, t.solution_rank, t.wrong_cells,
                               g.grid_rows * g.grid_columns as cells, c.votes, c.mean_halt
                        %s order by t.task, t.output limit :limit""".formatted(firstCandidates("(?.task, ?.output) > (:task, :output)")))
                .bind("id", evaluation)
                .bind("task", task)
                .bind("output", output)
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

    /** Of a task, in the order of test output and rank. */
    public static List<StoredCandidate> candidates(Handle handle, UUID evaluation, int task, int best) {
        return handle.createQuery(CANDIDATES + "and c.task = :task and c.rank <= :best order by c.output, c.rank")
                .bind("id", evaluation)
                .bind("task", task)
                .bind("best", best)
                .mapTo(StoredCandidate.class)
                .list();
    }

    /** Of the test outputs from one to another, in the order of task, test output and rank. */
    public static List<StoredCandidate> candidates(
            Handle handle, UUID evaluation, OutputRow first, OutputRow last, int best) {
        return handle.createQuery(CANDIDATES + """
                         and (c.task, c.output) >= (:task, :output) and (c.task, c.output) <= (:lastTask, :lastOutput)
                        and c.rank <= :best order by c.task, c.output, c.rank""")
                .bind("id", evaluation)
                .bind("task", first.task())
                .bind("output", first.output())
                .bind("lastTask", last.task())
                .bind("lastOutput", last.output())
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

    /** Gets the test outputs of an evaluation, one after the other. */
    public interface OutputReader {
        /** @param solutionRank from 1; null when no candidate is right */
        void output(int task, @Nullable Integer solutionRank);
    }

    /**
     * Who was right, in the order of the tasks, without any grid. Read in pieces, however many they are, which takes a
     * transaction; what is done with them should be little, for a connection is held meanwhile.
     */
    public static void ranks(Handle handle, UUID evaluation, OutputReader reader) {
        handle.createQuery("""
                        select task, solution_rank from test_output where evaluation_id = :id order by task, output""")
                .bind("id", evaluation)
                .setFetchSize(FETCHED)
                .mapTo(Rank.class)
                .forEach(each -> reader.output(each.task(), each.solutionRank()));
    }

    /** Of an output. Public for the mapper. */
    public record Rank(int task, @Nullable Integer solutionRank) {}
}
