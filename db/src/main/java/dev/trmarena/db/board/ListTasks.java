package dev.trmarena.db.board;

import dev.trmarena.puzzles.set.PuzzleSetManifest;
import dev.trmarena.puzzles.set.TaskVerdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * How the tasks of finished evaluations on a set went, a page at a time. The database counts, filters and orders them: of sets
 * with millions of tasks no process holds more than the page.
 */
public final class ListTasks {
    /** A row each task, of test outputs, of which there are more than one here and there. */
    private static final String OF_SEVERAL_OUTPUTS = """
            (select went.*, case when found = 0 then 'never' when found < outputs then 'partly'
                                 when solution_rank = 1 then 'first' when solution_rank = 2 then 'second'
                                 else 'later' end as verdict
             from (select t.task, count(*) as outputs, count(*) filter (where t.solution_rank <= :attempts) as solved,
                          count(*) filter (where t.solution_rank <= :candidates) as found,
                          case when count(t.solution_rank) = count(*) then max(t.solution_rank) end as solution_rank,
                          (array_agg(t.wrong_cells order by t.output))[1] as wrong_cells,
                          case when count(t.wrong_cells) = count(*)
                               then 1 - sum(t.wrong_cells) / sum(g.grid_rows * g.grid_columns)::float8 end as right_cells,
                          min(coalesce(c.votes, 0)) as votes, min(coalesce(c.mean_halt, 0)) as mean_halt
                   %s group by t.task) went) tasks""";

    /** Where each task has one: without sums, so that a page of millions of rows is found by an index where there is one. */
    private static final String OF_ONE_OUTPUT = """
            (select t.task, 1 as outputs, case when t.solution_rank <= :attempts then 1 else 0 end as solved,
                    case when t.solution_rank <= :attempts then 'right' else 'wrong' end as verdict,
                    t.solution_rank, t.wrong_cells, 1 - t.wrong_cells / cast(:cells as float8) as right_cells,
                    coalesce(c.votes, 0) as votes, coalesce(c.mean_halt, 0) as mean_halt
             %s) tasks""";

    private final PuzzleSetManifest set;

    /** @param set that the evaluations are on */
    public ListTasks(PuzzleSetManifest set) {
        this.set = set;
    }

    /**
     * Where a task stands in a selection.
     *
     * @param keys what it is ordered by, before its number
     */
    public record Place(List<Object> keys, int task) {
        public Place {
            keys = List.copyOf(keys);
        }
    }

    /** All of them are looked at: whoever asks often keeps the answer. */
    public TaskCounts counts(Handle handle, UUID evaluation) {
        Map<TaskVerdict, Integer> verdicts = new EnumMap<>(TaskVerdict.class);
        int all = 0;
        int right = 0;
        for (VerdictCount count : query(
                        handle,
                        evaluation,
                        "select verdict, count(*) as tasks, count(*) filter (where solved = outputs) as solved from "
                                + tasks() + " group by verdict")
                .mapTo(VerdictCount.class)
                .list()) {
            verdicts.put(count.verdict(), count.tasks());
            all += count.tasks();
            right += count.solved();
        }
        return new TaskCounts(all, right, verdicts);
    }

    /** Public for the mapper. */
    public record VerdictCount(TaskVerdict verdict, int tasks, int solved) {}

    /** @return empty when the task is not among those that are selected */
    public Optional<Place> place(Handle handle, UUID evaluation, TaskSelection selection, int task) {
        return places(handle, evaluation, selection, " and task = :task", Map.of("task", task), 1, 0).stream()
                .findFirst();
    }

    /**
     * Some of the tasks that are selected.
     *
     * @param behind the last one of the page before; null for the first page
     * @param offset so many of those that follow are skipped
     */
    public List<TaskRow> page(
            Handle handle, UUID evaluation, TaskSelection selection, @Nullable Place behind, int offset, int limit) {
        Map<String, Object> bound = new HashMap<>();
        String condition = behind == null ? "" : behind(behind, selection, bound);
        List<Integer> tasks = places(handle, evaluation, selection, condition, bound, limit, offset).stream()
                .map(Place::task)
                .toList();
        if (tasks.isEmpty()) {
            return List.of();
        }
        // What is shown of them is looked up for these alone.
        Map<Integer, TaskRow> rows = query(handle, evaluation, "select * from " + tasks() + " where task in (<some>)")
                .bindList("some", tasks)
                .mapTo(TaskRow.class)
                .collect(Collectors.toMap(TaskRow::task, row -> row));
        // An evaluation that is removed in between leaves none.
        return tasks.stream().filter(rows::containsKey).map(rows::get).toList();
    }

    /** Those from the first of these tasks to the last, by their numbers. */
    public Map<Integer, TaskRow> between(Handle handle, UUID evaluation, int first, int last) {
        return query(handle, evaluation, "select * from " + tasks("?.task between :first and :last"))
                .bind("first", first)
                .bind("last", last)
                .mapTo(TaskRow.class)
                .collect(Collectors.toMap(TaskRow::task, row -> row));
    }

    private List<Place> places(
            Handle handle,
            UUID evaluation,
            TaskSelection selection,
            String condition,
            Map<String, Object> bound,
            int limit,
            int offset) {
        List<String> keys = keys(selection);
        String columns = IntStream.range(0, keys.size())
                .mapToObj(key -> ", " + keys.get(key) + " as key" + key)
                .collect(Collectors.joining());
        Query query = query(
                        handle,
                        evaluation,
                        "select task" + columns + " from " + tasks() + " where " + filter(selection) + condition
                                + " order by " + order(selection) + " limit :limit offset :offset")
                .bindMap(bound)
                .bind("limit", limit)
                .bind("offset", offset);
        TaskVerdict verdict = selection.verdict();
        if (verdict != null) {
            query.bind("verdict", verdict.key());
        }
        if (selection.byName().length > 0) {
            query.bind("byName", selection.byName());
        }
        return query.map((row, context) -> {
                    List<Object> values = new ArrayList<>();
                    for (int key = 0; key < keys.size(); key++) {
                        values.add(row.getObject("key" + key));
                    }
                    return new Place(values, row.getInt("task"));
                })
                .list();
    }

    private static String filter(TaskSelection selection) {
        Boolean right = selection.right();
        String solved = right == null ? "true" : right ? "solved = outputs" : "solved < outputs";
        return selection.verdict() == null ? solved : solved + " and verdict = :verdict";
    }

    private List<String> keys(TaskSelection selection) {
        return selection.sort().keys(set.kind(), selection.descending() ? "-infinity" : "infinity");
    }

    private String order(TaskSelection selection) {
        String direction = selection.descending() ? " desc" : "";
        return keys(selection).stream().map(key -> key + direction + ", ").collect(Collectors.joining()) + "task"
                + (selection.sort() == TaskSort.NUMBER ? direction : "");
    }

    /** What comes behind a task in the order of {@link #order}: the keys in one direction, the numbers of equal ones ascending. */
    private String behind(Place place, TaskSelection selection, Map<String, Object> bound) {
        bound.put("behind", place.task());
        String sign = selection.descending() ? " < " : " > ";
        List<String> keys = keys(selection);
        if (keys.isEmpty()) {
            return " and task" + (selection.sort() == TaskSort.NUMBER ? sign : " > ") + ":behind";
        }
        List<String> names = new ArrayList<>();
        for (int key = 0; key < keys.size(); key++) {
            names.add(":key" + key);
            bound.put("key" + key, place.keys().get(key));
        }
        String these = "(" + String.join(", ", keys) + ")";
        String those = "(" + String.join(", ", names) + ")";
        return " and (" + these + sign + those + " or " + these + " = " + those + " and task > :behind)";
    }

    private String tasks() {
        return tasks("true");
    }

    private String tasks(String within) {
        return (set.kind().augmented() ? OF_SEVERAL_OUTPUTS : OF_ONE_OUTPUT)
                .formatted(ReadTasks.firstCandidates(within));
    }

    private Query query(Handle handle, UUID evaluation, String sql) {
        return handle.createQuery(sql)
                // Not every query asks for all of these.
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bind("id", evaluation)
                .bind("attempts", set.kind().attempts())
                .bind("candidates", set.kind().candidates())
                .bind("cells", set.seqLen())
                .bindArray("verdicts", String.class, verdicts());
    }

    private List<String> verdicts() {
        return set.kind().verdicts().stream().map(TaskVerdict::key).toList();
    }
}
