package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.Comparison;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
import dev.trmarena.arena.client.ArenaApi.Task;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arena compare}. */
@Command(
        name = "compare",
        description = "Compares two evaluations on one puzzle set: McNemar's exact test, and the tasks that differ.")
public final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FIRST", description = "Id of an evaluation.")
    String first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "Id of another one.")
    String second;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        connection.print(connection.api().compareEvaluations(first, second), CompareCommand::write);
        return 0;
    }

    private static void write(Comparison comparison, PrintStream out) {
        out.println("first   " + name(comparison.first()));
        out.println("second  " + name(comparison.second()));
        out.println();
        var table = new Table("tasks", "second solved>", "not>");
        table.row("first solved", String.valueOf(comparison.both()), String.valueOf(comparison.onlyFirstCount()));
        table.row("not", String.valueOf(comparison.onlySecondCount()), String.valueOf(comparison.neither()));
        table.print(out);
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "McNemar's exact test: p = %.4g, %s",
                comparison.pValue(),
                comparison.significant() ? "they differ significantly" : "the difference may be luck"));
        tasks("solved by the first alone", comparison.onlyFirst(), comparison.onlyFirstCount(), out);
        tasks("solved by the second alone", comparison.onlySecond(), comparison.onlySecondCount(), out);
    }

    private static String name(Evaluation evaluation) {
        String metric = evaluation.mainMetric();
        return evaluation.model() + "  " + evaluation.fileName() + "  " + metric + " "
                + EvaluationText.number(evaluation.scores().get(metric));
    }

    /** @param count of all, of which these are the first */
    private static void tasks(String title, List<Task> tasks, int count, PrintStream out) {
        if (tasks.isEmpty()) {
            return;
        }
        out.println();
        out.println(title + ":");
        tasks.forEach(task -> out.println("  " + task.name()));
        if (count > tasks.size()) {
            out.println("  and " + (count - tasks.size()) + " more");
        }
    }
}
