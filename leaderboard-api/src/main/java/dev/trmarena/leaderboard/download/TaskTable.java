package dev.trmarena.leaderboard.download;

import dev.trmarena.db.board.OutputRow;
import dev.trmarena.db.board.TaskRow;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private final Iterator<TaskRow> following;
    private @Nullable TaskRow task;

    /** @param tasks all of them, in order */
    TaskTable(PuzzleSet set, List<TaskRow> tasks) {
        this.set = set;
        this.following = tasks.iterator();
        this.kind = set.manifest().kind();
        this.hidden = set.manifest().solutionsHidden();
    }

    static String header() {
        return HEAD + END;
    }

    /** @param outputs of the tasks, in their order, behind those that it was called with before */
    String lines(List<OutputRow> outputs) {
        var lines = new StringBuilder();
        for (OutputRow output : outputs) {
            TaskRow of = task;
            while (of == null || of.task() != output.task()) {
                of = following.next();
            }
            task = of;
            lines.append(line(of, output));
        }
        return lines.toString();
    }

    private String line(TaskRow task, OutputRow output) {
        Integer rank = output.solutionRank();
        Integer wrong = output.wrongCells();
        Integer cells = output.cells();
        return Stream.<@Nullable Object>of(
                                task.task(),
                                set.taskName(task.task()),
                                hidden ? null : task.verdict(kind).key(),
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
        if (value instanceof Number) {
            return String.format(Locale.ROOT, "%s", value);
        }
        String text = value.toString();
        if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
