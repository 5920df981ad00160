package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.RankingRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arena puzzles rank-by}. */
@Command(
        name = "rank-by",
        description = "Chooses the score that the leaderboard of a puzzle set ranks by.",
        footer = {
            "",
            "ARC: pass@1, pass@2 (unless told otherwise), pass@5, pass@10, pass@100, pass@1000, arc_prize, kaggle, strict.",
            "Others: exact_accuracy (unless told otherwise), accuracy, q_halt_accuracy.",
            "Beside these stand, and do not rank: exact_accuracy, accuracy and q_halt_accuracy of ARC, valid_path of mazes,"
                    + " valid_solution of Sudokus."
        })
public final class RankByCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the puzzle set.")
    String name;

    @Parameters(index = "1", paramLabel = "METRIC", description = "Name of the score.")
    String metric;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        connection.print(
                connection.api().rankPuzzleSet(name, new RankingRequest(metric)),
                (set, out) -> out.println(set.name() + " is ranked by " + set.mainMetric()));
        return 0;
    }
}
