package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.SubmitCheckpoint;
import dev.trmarena.artifacts.checkpoint.Preset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arena submit}. */
@Command(
        name = "submit",
        description = "Uploads a checkpoint and starts its evaluation on a puzzle set.",
        footer = {"", "Exit status with --wait: 0 only when the evaluation finished."})
public final class SubmitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CHECKPOINT", description = "The file that the trainer wrote, like step_1656.")
    Path checkpoint;

    @Option(
            names = "--config",
            paramLabel = "YAML",
            description = "The trainer's config (default: all_config.yaml beside the checkpoint).")
    @Nullable
    Path config;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            completionCandidates = Preset.Lines.class,
            description = "A published recipe, for a checkpoint without its config: ${COMPLETION-CANDIDATES}.")
    @Nullable
    String preset;

    @Option(
            names = "--set",
            paramLabel = "SETTING=VALUE",
            description = "A setting by its name in the config, like L_cycles=6; goes before config and preset.")
    Map<String, String> settings = Map.of();

    @Option(
            names = "--weights",
            paramLabel = "WHICH",
            description = "Of a file with several networks: ema, raw, or the name that the refusal gives.")
    @Nullable
    String weights;

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

    /** The server takes it for a setting. */
    private Map<String, String> given() {
        var given = new LinkedHashMap<>(settings);
        if (weights != null) {
            given.put("weights", weights);
        }
        return given;
    }

    @Override
    public Integer call() throws InterruptedException {
        ArenaClient client = connection.client();
        var known = new SubmitCheckpoint.Known(preset, given(), protocol.requested(), again.again, again.priority);
        Answer<Evaluation> evaluation =
                new SubmitCheckpoint(client, connection.uploads()).on(puzzles, checkpoint, config, known, model);
        return new FollowEvaluation(client, connection).started(evaluation, wait);
    }
}
