package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.Entry;
import dev.trmarena.arena.client.ArenaApi.Leaderboard;
import dev.trmarena.arena.client.ArenaApi.ProtocolUse;
import dev.trmarena.arena.client.ArenaApi.Without;
import java.io.PrintStream;
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
        connection.print(connection.api().getLeaderboard(puzzleSet, protocol, without), this::write);
        return 0;
    }

    private void write(Leaderboard board, PrintStream out) {
        if (board.entries().isEmpty() || board.protocol() == null) {
            out.println("no finished evaluation on " + puzzleSet + " yet; hand one in with ./arena submit");
            return;
        }
        out.println(board.protocol().label());
        for (ProtocolUse other : board.protocols()) {
            String key = other.protocol().key();
            if (!key.equals(board.protocol().key())) {
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
