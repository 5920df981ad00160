package dev.trmarena.arena.command;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.FetchFromHub;
import dev.trmarena.arena.client.SubmitCheckpoint;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code arena submit}. */
@Command(
        name = "submit",
        description = {
            "Uploads a checkpoint and starts its evaluation on a puzzle set.",
            "One named hf://OWNER/REPO/PATH@REVISION the platform fetches from the hub by itself; --config may be named so, too."
        },
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

    @Option(names = "--dry-run", description = "Only tell what would be fetched (of hf://…) or uploaded.")
    boolean dryRun;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        ArenaClient client = connection.client();
        String from = FetchFromHub.nameIn(options.checkpoint);
        String config = FetchFromHub.nameIn(options.known.config());
        if ((from == null) != (config == null) && options.known.config() != null) {
            throw new ArenaProblem(
                    "checkpoint and config are not in the same place",
                    "name both as hf://OWNER/REPO/PATH, or both as files of this machine");
        }
        if (dryRun) {
            tell(from, config);
            return 0;
        }
        var known = new SubmitCheckpoint.Known(
                options.known.preset(),
                options.known.given(),
                protocol.requested(),
                again.again,
                again.stopIfSuspect,
                again.priority);
        var submit = new SubmitCheckpoint(client, connection.uploads());
        Answer<Evaluation> evaluation = from == null
                ? submit.on(puzzles, options.checkpoint, options.known.config(), known, model)
                : submit.fromHub(puzzles, from, config, known, model, connection.fetches());
        return new FollowEvaluation(client, connection).started(evaluation, wait);
    }

    private void tell(@Nullable String from, @Nullable String config) throws InterruptedException {
        if (from != null) {
            WouldBeFetched.tell(connection, from, config);
            return;
        }
        Path file = SubmitCheckpoint.exists(options.checkpoint);
        Path beside = options.known.config() == null
                ? SubmitCheckpoint.beside(file)
                : SubmitCheckpoint.exists(options.known.config());
        connection.print(
                "would upload " + file + (beside == null ? ", and no configuration lies beside it" : " and " + beside));
    }
}
