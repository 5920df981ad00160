package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
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
    private final Control control;

    @Parameters(paramLabel = "EVALUATION", description = "Id of the evaluation.")
    String evaluation;

    @Option(names = "--wait", description = "Show the progress, end when it is over.")
    boolean wait;

    @Mixin
    Connection connection;

    private interface Control {
        Answer<Evaluation> of(ArenaApi api, String evaluation) throws InterruptedException;
    }

    private ControlCommand(Control control) {
        this.control = control;
    }

    /** All four, to be added to the command line. */
    public static List<CommandLine> all() {
        return List.of(
                named(
                        "cancel",
                        ArenaApi::cancelEvaluation,
                        "Ends an evaluation; solvers let go of it after the step that they are in."),
                named(
                        "pause",
                        ArenaApi::pauseEvaluation,
                        "Takes the units of an evaluation back until it is resumed; what is solved stays."),
                named("resume", ArenaApi::resumeEvaluation, "Goes on with a paused evaluation."),
                named(
                        "retry",
                        ArenaApi::retryEvaluation,
                        "Takes up a failed or cancelled evaluation; only the missing units run again."));
    }

    private static CommandLine named(String name, Control control, String description) {
        var line = new CommandLine(new ControlCommand(control)).setCommandName(name);
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    @Override
    public Integer call() throws InterruptedException {
        ArenaClient client = connection.client();
        Answer<Evaluation> now = control.of(client.api(), evaluation);
        if (wait) {
            return new FollowEvaluation(client, connection).started(now, true);
        }
        connection.print(now, (shown, out) -> out.println(FollowEvaluation.line(shown)));
        return 0;
    }
}
