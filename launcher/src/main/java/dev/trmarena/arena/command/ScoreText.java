package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.limits.Printable;
import dev.trmarena.puzzles.answers.AnswersReport;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.ScoreSheet;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What {@code arena score} says of scores, as tables or as JSON. */
final class ScoreText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScoreSheet sheet;
    private final SortedMap<String, Interval> intervals;
    private final boolean json;
    private final List<String> notes = new ArrayList<>();
    private @Nullable IntFunction<String> voted;
    private @Nullable Double steps;
    private @Nullable AnswersReport report;

    ScoreText(ScoreSheet sheet, SortedMap<String, Interval> intervals, boolean json) {
        this.sheet = sheet;
        this.intervals = intervals;
        this.json = json;
    }

    /** With a line each test output, which was voted for. */
    void votes(IntFunction<String> taskName) {
        voted = taskName;
    }

    /** @param mean improvement steps that the examples took */
    void steps(double mean) {
        steps = mean;
        notes.add("the examples took " + number(mean) + " improvement steps in the mean");
    }

    void answers(AnswersReport found) {
        report = found;
        notes.addAll(found.notes());
    }

    void print(PrintStream out) {
        if (json) {
            out.println(json());
        } else {
            if (voted != null) {
                printVotes(voted, out);
            }
            printScores(out);
            notes.forEach(note -> out.println(Printable.line(note)));
        }
        out.flush();
    }

    private ObjectNode json() {
        ObjectNode answer = JSON.createObjectNode();
        sheet.metrics().forEach(answer::put);
        if (steps != null) {
            answer.put("steps", steps);
        }
        ObjectNode ends = answer.putObject("intervals");
        intervals.forEach(
                (name, interval) -> ends.putArray(name).add(interval.low()).add(interval.high()));
        if (report != null) {
            answer.set("answers", JSON.valueToTree(report));
        }
        return answer;
    }

    private void printVotes(IntFunction<String> taskName, PrintStream out) {
        var tasks = new Table("task", "output>", "candidates>", "rank of the solution>", "first: votes>", "halt>");
        for (OutputResult output : sheet.outputs()) {
            boolean any = !output.top().isEmpty();
            tasks.row(
                    taskName.apply(output.task()),
                    String.valueOf(output.output() + 1),
                    String.valueOf(output.candidates()),
                    output.solutionRank() == null ? "–" : String.valueOf(output.solutionRank()),
                    any ? String.valueOf(output.top().get(0).votes()) : "–",
                    any ? number(output.top().get(0).meanHalt()) : "–");
        }
        tasks.print(out);
        out.println();
    }

    private void printScores(PrintStream out) {
        var scores = new Table("score", "value>", "95 % interval");
        sheet.metrics().forEach((name, value) -> {
            Interval interval = intervals.get(name);
            scores.row(
                    name,
                    number(value),
                    interval == null ? "–" : number(interval.low()) + " to " + number(interval.high()));
        });
        scores.print(out);
        if (sheet.metrics().isEmpty()) {
            out.println("the solutions of this set are not known: there is a submission but no score");
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
