package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaClient;
import java.io.PrintStream;
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
        JsonNode comparison = connection
                .client()
                .get("/api/compare?first=" + ArenaClient.segment(first) + "&second=" + ArenaClient.segment(second));
        connection.print(comparison, out -> write(comparison, out));
        return 0;
    }

    private static void write(JsonNode comparison, PrintStream out) {
        out.println("first   " + name(comparison.path("first")));
        out.println("second  " + name(comparison.path("second")));
        out.println();
        var table = new Table("tasks", "second solved>", "not>");
        table.row(
                "first solved",
                comparison.path("both").asText(),
                String.valueOf(comparison.path("onlyFirst").size()));
        table.row(
                "not",
                String.valueOf(comparison.path("onlySecond").size()),
                comparison.path("neither").asText());
        table.print(out);
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "McNemar's exact test: p = %.4g, %s",
                comparison.path("pValue").asDouble(),
                comparison.path("significant").asBoolean()
                        ? "they differ significantly"
                        : "the difference may be luck"));
        tasks("solved by the first alone", comparison.path("onlyFirst"), out);
        tasks("solved by the second alone", comparison.path("onlySecond"), out);
    }

    private static String name(JsonNode evaluation) {
        String metric = evaluation.path("mainMetric").asText();
        return EvaluationText.text(evaluation, "model") + "  " + EvaluationText.text(evaluation, "fileName") + "  "
                + metric + " " + EvaluationText.number(evaluation.path("scores").path(metric));
    }

    private static void tasks(String title, JsonNode tasks, PrintStream out) {
        if (tasks.isEmpty()) {
            return;
        }
        out.println();
        out.println(title + ":");
        tasks.forEach(task -> out.println("  " + task.path("name").asText()));
    }
}
