package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaClient;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arena leaderboard}. */
@Command(name = "leaderboard", description = "Shows the leaderboard of a puzzle set.")
public final class LeaderboardCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PUZZLESET", description = "Name of the puzzle set.")
    String puzzleSet;

    @Option(
            names = "--without",
            paramLabel = "OTHERSET",
            description = "Leave the tasks that this set has, too, out of all scores.")
    @Nullable
    String without;

    @Option(
            names = "--protocol",
            paramLabel = "KEY",
            description = "Of which protocol (default: the most used of those by which authors report).")
    @Nullable
    String protocol;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        var query = new ArrayList<String>();
        if (protocol != null) {
            query.add("protocol=" + ArenaClient.segment(protocol));
        }
        if (without != null) {
            query.add("without=" + ArenaClient.segment(without));
        }
        JsonNode board = connection
                .client()
                .get("/api/puzzle-sets/" + ArenaClient.segment(puzzleSet) + "/leaderboard"
                        + (query.isEmpty() ? "" : "?" + String.join("&", query)));
        connection.print(board, out -> write(board, out));
        return 0;
    }

    private void write(JsonNode board, PrintStream out) {
        JsonNode entries = board.path("entries");
        if (entries.isEmpty()) {
            out.println("no finished evaluation on " + puzzleSet + " yet; hand one in with ./arena submit");
            return;
        }
        String shown = board.path("protocol").path("key").asText();
        out.println(board.path("protocol").path("label").asText());
        for (JsonNode other : board.path("protocols")) {
            String key = other.path("protocol").path("key").asText();
            if (!key.equals(shown)) {
                out.println(
                        "another board: --protocol " + key + "  (" + EvaluationText.text(other, "evaluations") + ")");
            }
        }
        if (board.hasNonNull("without")) {
            JsonNode left = board.path("without");
            out.println("without the " + left.path("leftOut").asText() + " tasks that "
                    + left.path("set").asText() + " has, too; "
                    + left.path("remaining").asText() + " tasks remain");
        }
        if (board.path("solutionsHidden").asBoolean()) {
            out.println("solutions are hidden: hand the submission in where they are known");
        }
        var table = new Table(
                "rank>",
                "model",
                "checkpoint",
                "file",
                board.path("metric").asText() + ">",
                "parameters>",
                "compute>",
                "finished",
                "evaluation");
        for (JsonNode entry : entries) {
            long parameters = entry.path("coreParameters").asLong()
                    + entry.path("embeddingParameters").asLong();
            table.row(
                    EvaluationText.text(entry, "rank"),
                    EvaluationText.text(entry, "model"),
                    EvaluationText.digest(EvaluationText.text(entry, "checkpoint")),
                    EvaluationText.text(entry, "fileName"),
                    EvaluationText.number(entry.path("score")),
                    String.format(Locale.ROOT, "%,d", parameters),
                    EvaluationText.seconds(entry.path("computeMillis")),
                    EvaluationText.text(entry, "finishedAt"),
                    EvaluationText.text(entry, "evaluation"));
        }
        table.print(out);
    }
}
