package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.Rerun;
import dev.trmarena.arena.client.ArenaClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arena rerun}. */
@Command(
        name = "rerun",
        description = "Runs the checkpoint of an evaluation again on the same puzzle set, by another protocol.",
        footer = {
            "",
            "What is not said is as the checkpoint's authors do it. By a protocol that it was run by already, the evaluation",
            "that is there is shown, unless --again asks for another repeat. Exit status with --wait: 0 only when the evaluation finished."
        })
public final class RerunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EVALUATION", description = "Id of the evaluation.")
    String evaluation;

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
        var request = new Rerun(evaluation, protocol.requested(), again.again, again.stopIfSuspect, again.priority);
        return new FollowEvaluation(client, connection).started(client.api().startEvaluation(request), wait);
    }
}
