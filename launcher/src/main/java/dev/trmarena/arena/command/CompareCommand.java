package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.Comparison;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
import dev.trmarena.arena.client.ArenaApi.Pair;
import dev.trmarena.arena.client.ArenaApi.Pattern;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arena compare}. */
@Command(
        name = "compare",
        description =
                "Compares two to six evaluations on one puzzle set: McNemar's exact test of each two, how many tasks"
                        + " each set of them solves, and the first tasks that divide them.")
public final class CompareCommand implements Callable<Integer> {
    @Parameters(arity = "2..6", paramLabel = "EVALUATION", description = "Ids of evaluations.")
    List<String> evaluations = List.of();

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        connection.print(connection.api().compareEvaluations(String.join(",", evaluations)), CompareCommand::write);
        return 0;
    }

    private static void write(Comparison comparison, PrintStream out) {
        List<Evaluation> evaluations = comparison.evaluations();
        for (int place = 0; place < evaluations.size(); place++) {
            out.println(number(place) + "  " + name(evaluations.get(place)));
        }
        out.println();
        for (Pair pair : comparison.pairs()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%s and %s: %d tasks solved by %s alone, %d by %s alone; McNemar's exact test: p = %.4g, %s",
                    number(pair.first()),
                    number(pair.second()),
                    pair.onlyFirst(),
                    number(pair.first()),
                    pair.onlySecond(),
                    number(pair.second()),
                    pair.pValue(),
                    pair.significant() ? "they differ significantly" : "the difference may be luck"));
        }
        out.println();
        var sets = new Table("solved by", "tasks>");
        for (Pattern pattern : comparison.patterns()) {
            sets.row(solvers(pattern.solved()), String.valueOf(pattern.tasks()));
        }
        sets.print(out);
        tasks(comparison, out);
    }

    private static void tasks(Comparison comparison, PrintStream out) {
        var tasks = new Table("task", "solved by");
        comparison.tasks().tasks().stream()
                .filter(task -> task.solved().contains(true) && task.solved().contains(false))
                .forEach(task -> tasks.row(task.name(), solvers(task.solved())));
        out.println();
        tasks.print(out);
    }

    private static String name(Evaluation evaluation) {
        String metric = evaluation.mainMetric();
        return evaluation.model() + "  " + evaluation.fileName() + "  " + metric + " "
                + EvaluationText.number(evaluation.scores().get(metric));
    }

    private static String solvers(List<Boolean> solved) {
        String all = IntStream.range(0, solved.size())
                .filter(solved::get)
                .mapToObj(CompareCommand::number)
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "nobody" : all;
    }

    /** People count from one. */
    private static String number(int place) {
        return String.valueOf(place + 1);
    }
}
