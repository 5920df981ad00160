package dev.trmarena.arena.command;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.AnswersOfApi;
import dev.trmarena.arena.client.ArenaApi.Entry;
import dev.trmarena.arena.client.ArenaApi.Leaderboard;
import dev.trmarena.arena.client.ArenaApi.Protocol;
import dev.trmarena.arena.client.ArenaApi.ProtocolUse;
import dev.trmarena.arena.client.ArenaApi.Without;
import dev.trmarena.arena.client.ArenaClient;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    @Option(names = "--as", paramLabel = "FORM", description = "In a form that others collect: every-eval-ever.")
    @Nullable
    ReportForm form;

    @Option(
            names = "--no-answers",
            description = "Leave out the answers of other systems, which were scored here and not run here.")
    boolean noAnswers;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        if (form == ReportForm.MODEL_INDEX) {
            throw new ArenaProblem(
                    "a model card is about one model, and a board about many",
                    "./arena show EVALUATION --as model-index");
        }
        if (form != null) {
            connection.print(connection.client().text(records()));
            return 0;
        }
        connection.print(connection.api().getLeaderboard(puzzleSet, protocol, without), this::write);
        return 0;
    }

    private String records() {
        String query = Stream.of(parameter("protocol", protocol), parameter("without", without))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        return "/api/puzzle-sets/" + ArenaClient.segment(puzzleSet) + "/every-eval-ever.json"
                + (query.isEmpty() ? "" : "?" + query);
    }

    private static Optional<String> parameter(String name, @Nullable String value) {
        return Optional.ofNullable(value).map(given -> name + "=" + ArenaClient.segment(given));
    }

    private void write(Leaderboard board, PrintStream out) {
        if (board.entries().isEmpty() || board.protocol() == null) {
            out.println("no finished evaluation on " + puzzleSet + " yet; hand one in with ./arena submit");
        } else {
            writeEntries(board, board.protocol(), out);
        }
        if (!noAnswers && !board.answers().isEmpty()) {
            writeAnswers(board, out);
        }
    }

    private static void writeAnswers(Leaderboard board, PrintStream out) {
        out.println();
        out.println(board.answers().get(0).label() + ":");
        var table = new Table("model", "file", board.metric() + ">", "$ a task>", "scored", "evaluation");
        for (AnswersOfApi.BesideBoard answers : board.answers()) {
            Double dollars = answers.dollarsPerTask();
            table.row(
                    answers.model(),
                    answers.fileName(),
                    EvaluationText.number(answers.score()),
                    dollars == null ? "–" : String.format(Locale.ROOT, "%.4f", dollars),
                    answers.finishedAt(),
                    answers.evaluation());
        }
        table.print(out);
    }

    private static void writeEntries(Leaderboard board, Protocol shown, PrintStream out) {
        out.println(shown.label());
        for (ProtocolUse other : board.protocols()) {
            String key = other.protocol().key();
            if (!key.equals(shown.key())) {
                out.println("another board: --protocol " + key + "  (" + other.evaluations() + ")");
            }
        }
        Without left = board.without();
        if (left != null) {
            out.println("without the " + left.leftOut() + " tasks that " + left.set() + " has, too; " + left.remaining()
                    + " tasks remain");
        }
        if (board.solutionsHidden()) {
            out.println("solutions are hidden: hand the submission in where they are known");
        }
        var table = new Table(
                "rank>",
                "model",
                "checkpoint",
                "file",
                board.metric() + ">",
                "parameters>",
                "compute>",
                "finished",
                "evaluation");
        for (Entry entry : board.entries()) {
            table.row(
                    EvaluationText.text(entry.rank()),
                    entry.model(),
                    EvaluationText.digest(entry.checkpoint()),
                    entry.fileName(),
                    EvaluationText.number(entry.score()),
                    String.format(Locale.ROOT, "%,d", entry.coreParameters() + entry.embeddingParameters()),
                    EvaluationText.seconds(entry.computeMillis()),
                    EvaluationText.text(entry.finishedAt()),
                    entry.evaluation());
        }
        table.print(out);
    }
}
