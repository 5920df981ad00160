package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.arena.client.ArenaClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arena cancel}, {@code pause}, {@code resume} and {@code retry}: what people do to an evaluation. */
@Command
public final class ControlCommand implements Callable<Integer> {
    private final String name;

    @Parameters(paramLabel = "EVALUATION", description = "Id of the evaluation.")
    String evaluation;

    @Option(names = "--wait", description = "Show the progress, end when it is over.")
    boolean wait;

    @Mixin
    Connection connection;

    private ControlCommand(String name) {
        this.name = name;
    }

    /** All four, to be added to the command line. */
    public static List<CommandLine> all() {
        return List.of(
                named("cancel", "Ends an evaluation; solvers let go of it after the step that they are in."),
                named("pause", "Takes the units of an evaluation back until it is resumed; what is solved stays."),
                named("resume", "Goes on with a paused evaluation."),
                named("retry", "Takes up a failed or cancelled evaluation; only the missing units run again."));
    }

    private static CommandLine named(String name, String description) {
        var line = new CommandLine(new ControlCommand(name)).setCommandName(name);
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    @Override
    public Integer call() throws InterruptedException {
        ArenaClient client = connection.client();
        JsonNode now = client.post(
                "/api/evaluations/" + ArenaClient.segment(evaluation) + "/" + name,
                new ObjectMapper().createObjectNode());
        var follow = new FollowEvaluation(client, connection);
        if (wait) {
            return follow.started(now, true);
        }
        connection.print(now, out -> out.println(FollowEvaluation.line(now)));
        return 0;
    }
}
