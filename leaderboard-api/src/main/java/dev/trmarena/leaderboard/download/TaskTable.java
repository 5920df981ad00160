package dev.trmarena.leaderboard.download;

import dev.trmarena.db.board.ListTasks;
import dev.trmarena.db.board.OutputRow;
import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.db.board.TaskRow;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of an evaluation as CSV (RFC 4180), a line each test output. What is not known stays empty: everything about right
 * and wrong where the solutions are hidden, and what is said of the first candidate where there is none.
 */
final class TaskTable {
    private static final String HEAD =
            "task,name,verdict,output,outputs,candidates,solution_rank,solved,wrong_cells,right_cells,"
                    + "first_votes,first_mean_halt";
    private static final String END = "\r\n";

    private final PuzzleSet set;
    private final PuzzleKind kind;
    private final boolean hidden;
    private final ListTasks tasks;

    TaskTable(PuzzleSet set) {
        this.set = set;
        this.kind = set.manifest().kind();
        this.hidden = set.manifest().solutionsHidden();
        this.tasks = new ListTasks(set.manifest());
    }

    /** A test output, and its task. */
    record Line(TaskRow task, OutputRow output) {}

    static String header() {
        return HEAD + END;
    }

    /**
     * Some lines.
     *
     * @param last the one behind which they begin; null for the first ones
     * @return fewer than the limit when there are no more
     */
    List<Line> read(Handle handle, UUID evaluation, @Nullable Line last, int limit) {
        List<OutputRow> outputs = ReadTasks.outputs(
                handle,
                evaluation,
                last == null ? -1 : last.output().task(),
                last == null ? -1 : last.output().output(),
                limit);
        if (outputs.isEmpty()) {
            return List.of();
        }
        Map<Integer, TaskRow> of = tasks.between(
                handle,
                evaluation,
                outputs.get(0).task(),
                outputs.get(outputs.size() - 1).task());
        return outputs.stream()
                .map(output -> new Line(Objects.requireNonNull(of.get(output.task())), output))
                .toList();
    }

    String text(List<Line> lines) {
        return lines.stream().map(line -> line(line.task(), line.output())).collect(Collectors.joining());
    }

    private String line(TaskRow task, OutputRow output) {
        Integer rank = output.solutionRank();
        Integer wrong = output.wrongCells();
        Integer cells = output.cells();
        return Stream.<@Nullable Object>of(
                                task.task(),
                                set.taskName(task.task()),
                                hidden ? null : task.verdict().key(),
                                output.output(),
                                task.outputs(),
                                output.candidates(),
                                rank,
                                hidden ? null : rank != null && rank <= kind.attempts() ? 1 : 0,
                                wrong,
                                wrong == null || cells == null ? null : 1 - wrong / (double) cells,
                                output.votes(),
                                output.meanHalt())
                        .map(TaskTable::cell)
                        .collect(Collectors.joining(","))
                + END;
    }

    /** Names come from whoever imported the set: an apostrophe keeps a spreadsheet from running one as a formula. */
    static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (value instanceof Number) {
            return text;
        }
        if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
