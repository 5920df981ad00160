package dev.trmarena.db.tally;

import dev.trmarena.db.board.StoredCandidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What {@link CountSolved} counted, a page at a time, each found by an index: of sets of millions no process holds more. */
public final class ReadTally {
    private ReadTally() {}

    /** A task and how many evaluations solved it. */
    public record Solved(int task, int solved) {}

    /** A candidate, and the evaluation that it is of. */
    public record AnsweredCandidate(UUID evaluation, @Nested StoredCandidate candidate) {}

    /** @return none while nothing was counted on the set */
    public static Optional<Tally> of(Handle handle, String set) {
        return handle.createQuery("""
                        select t.evaluations, t.nobody, t.one, t.everybody
                        from tally t join puzzle_set s on s.id = t.puzzle_set_id where s.name = :set""").bind("set", set).mapTo(Tally.class).findOne();
    }

    /** How many solved each of these. */
    public static Map<Integer, Integer> solved(Handle handle, String set, List<Integer> tasks) {
        return tasks.isEmpty()
                ? Map.of()
                : handle.createQuery("""
                                select task, solved from task_tally
                                where puzzle_set_id = (select id from puzzle_set where name = :set) and task in (<tasks>)""")
                        .bind("set", set)
                        .bindList("tasks", tasks)
                        .mapTo(Solved.class)
                        .collect(Collectors.toMap(Solved::task, Solved::solved));
    }

    /**
     * Some of the tasks that are selected.
     *
     * @param behind the last one of the page before; null for the first page
     */
    public static List<Solved> page(
            Handle handle, String set, SolvedSelection selection, @Nullable Solved behind, int limit) {
        String direction = selection.descending() ? " desc" : "";
        String sign = selection.descending() ? " < " : " > ";
        String beyond = behind == null
                ? ""
                : selection.bySolved()
                        ? " and (solved, task)" + sign + "(:behindSolved, :behind)"
                        : " and task" + sign + ":behind";
        String order = selection.bySolved() ? "solved" + direction + ", task" + direction : "task" + direction;
        Query query = selected(
                        handle, set, "select task, solved", selection, beyond + " order by " + order + " limit :limit")
                .bind("limit", limit);
        if (behind != null) {
            query.bind("behind", behind.task());
            if (selection.bySolved()) {
                query.bind("behindSolved", behind.solved());
            }
        }
        return query.mapTo(Solved.class).list();
    }

    /** All of them are looked at: for sets of thousands of tasks. */
    public static int count(Handle handle, String set, SolvedSelection selection) {
        return selected(handle, set, "select count(*)", selection, "")
                .mapTo(Integer.class)
                .one();
    }

    private static Query selected(Handle handle, String set, String what, SolvedSelection selection, String behind) {
        List<Integer> among = selection.among();
        Integer solved = selection.solved();
        Query query = handle.createQuery(what
                        + " from task_tally where puzzle_set_id = (select id from puzzle_set where name = :set)"
                        + (among == null ? "" : " and task = any(:among)")
                        + (solved == null ? "" : " and solved = :solved")
                        + behind)
                .bind("set", set);
        if (among != null) {
            query.bindArray("among", Integer.class, among.toArray());
        }
        if (solved != null) {
            query.bind("solved", solved);
        }
        return query;
    }

    /**
     * A task in evaluations that count, the best first, in the order of their outputs.
     *
     * @param after place of the last one of the page before; 0 for the first page
     * @param limit evaluations
     */
    public static List<StoredAnswer> answers(Handle handle, String set, int task, int after, int limit) {
        return handle.createQuery("""
                        select asked.place, e.id as evaluation, e.model, e.checkpoint_id is not null as ran, t.output, t.solution_rank
                        from (select c.place, c.evaluation_id from tallied_evaluation c join puzzle_set s on s.id = c.puzzle_set_id
                              where s.name = :set and c.place > :after order by c.place limit :limit) asked
                        join evaluation e on e.id = asked.evaluation_id
                        left join test_output t on t.evaluation_id = e.id and t.task = :task
                        order by asked.place, t.output""")
                .bind("set", set)
                .bind("task", task)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(StoredAnswer.class)
                .list();
    }

    /** Of a task in each of these evaluations, in the order of test output and rank. */
    public static List<AnsweredCandidate> candidates(Handle handle, List<UUID> evaluations, int task, int best) {
        return evaluations.isEmpty()
                ? List.of()
                : handle.createQuery("""
                                select c.evaluation_id as evaluation, c.task, c.output, c.rank, c.votes, c.mean_halt,
                                       g.grid_rows, g.grid_columns, g.cells as grid_cells
                                from candidate c join grid g on g.digest = c.grid_digest
                                where c.evaluation_id in (<evaluations>) and c.task = :task and c.rank <= :best
                                order by c.evaluation_id, c.output, c.rank""")
                        .bindList("evaluations", evaluations)
                        .bind("task", task)
                        .bind("best", best)
                        .mapTo(AnsweredCandidate.class)
                        .list();
    }
}
