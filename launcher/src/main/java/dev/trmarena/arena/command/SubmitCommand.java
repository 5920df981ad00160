package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.SubmitCheckpoint;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code arena submit}. */
@Command(
        name = "submit",
        description = "Uploads a checkpoint and starts its evaluation on a puzzle set.",
        footer = {"", "Exit status with --wait: 0 only when the evaluation finished."})
public final class SubmitCommand implements Callable<Integer> {
    @Mixin
    CheckpointOptions options;

    @Option(names = "--puzzles", paramLabel = "NAME", required = true, description = "The puzzle set.")
    String puzzles;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Name for the line of checkpoints this one belongs to.")
    @Nullable
    String model;

    @Mixin
    ProtocolOptions protocol;

    @Mixin
    AgainOptions again;

    @Option(names = "--wait", description = "Show the progress, end with the scores.")
    boolean wait;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        ArenaClient client = connection.client();
        var known = new SubmitCheckpoint.Known(
                options.known.preset(),
                options.known.given(),
                protocol.requested(),
                again.again,
                again.stopIfSuspect,
                again.priority);
        Answer<Evaluation> evaluation = new SubmitCheckpoint(client, connection.uploads())
                .on(puzzles, options.checkpoint, options.known.config(), known, model);
        return new FollowEvaluation(client, connection).started(evaluation, wait);
    }
}
