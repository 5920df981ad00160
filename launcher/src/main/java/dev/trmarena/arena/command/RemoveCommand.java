package dev.trmarena.arena.command;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.Removal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arena remove}: takes away what nobody wants any more, after it said what that is. */
@Command(
        name = "remove",
        description = "Removes an evaluation, a model, a checkpoint or a puzzle set for good.",
        footer = {
            "Says what would go and asks before it does it; --yes does not ask, --dry-run only says it.",
            "A running evaluation can be removed: its solvers let go of it after the step that they are in."
        })
public final class RemoveCommand implements Callable<Integer> {
    /** What can be removed, as people call it. */
    enum What {
        EVALUATION(ArenaApi::removeEvaluation),
        MODEL(ArenaApi::removeModel),
        CHECKPOINT(ArenaApi::removeCheckpoint),
        PUZZLE_SET(ArenaApi::removePuzzleSet);

        private final Call call;

        What(Call call) {
            this.call = call;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private interface Call {
        Answer<Removal> of(ArenaApi api, String key, @Nullable Boolean dryRun) throws InterruptedException;
    }

    @Parameters(index = "0", paramLabel = "WHAT", description = "One of: ${COMPLETION-CANDIDATES}.")
    What what;

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "Id of the evaluation, name of the model or puzzle set, tensor digest of the checkpoint.")
    String key;

    @Option(names = "--yes", description = "Do not ask.")
    boolean yes;

    @Option(names = "--dry-run", description = "Only say what would go.")
    boolean dryRun;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        ArenaApi api = connection.client().api();
        if (dryRun) {
            connection.print(what.call.of(api, key, true), (would, out) -> say(out, "would go", would));
            return 0;
        }
        if (!yes) {
            say(System.err, "would go", what.call.of(api, key, true).value());
            if (!confirmed()) {
                throw new ArenaProblem("nothing was removed", "answer with yes, or run it with --yes");
            }
        }
        connection.print(what.call.of(api, key, null), (gone, out) -> say(out, "removed", gone));
        return 0;
    }

    private boolean confirmed() {
        System.err.print("Remove it for good? [yes/no] ");
        System.err.flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().equalsIgnoreCase("yes");
        } catch (IOException e) {
            return false;
        }
    }

    private static void say(PrintStream out, String begin, Removal removal) {
        List<String> parts = new ArrayList<>();
        parts.add(counted(removal.evaluations(), "evaluation")
                + (removal.running() > 0 ? " (" + removal.running() + " of them running)" : ""));
        if (!removal.models().isEmpty()) {
            parts.add(
                    "the " + (removal.models().size() == 1 ? "name " : "names ") + String.join(", ", removal.models()));
        }
        if (removal.puzzleSet()) {
            parts.add("the puzzle set");
        }
        if (removal.checkpoints() > 0) {
            parts.add(counted(removal.checkpoints(), "checkpoint"));
        }
        parts.add(Uploads.bytes(removal.bytes()) + " of files");
        out.println(begin + ": " + String.join(", ", parts));
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
