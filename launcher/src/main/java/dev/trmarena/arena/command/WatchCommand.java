package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arena watch}. */
@Command(
        name = "watch",
        description =
                "Follows an evaluation until it is over: place in the queue, examples a second, time left, solvers.",
        footer = {"", "Exit status: 0 only when the evaluation finished."})
public final class WatchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EVALUATION", description = "The id that submit printed.")
    String evaluation;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        ArenaClient client = connection.client();
        return new FollowEvaluation(client, connection).started(client.api().getEvaluation(evaluation), true);
    }
}
