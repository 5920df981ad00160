package dev.trmarena.arena.command;

import dev.trmarena.artifacts.checkpoint.Preset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A checkpoint, and what is said about it. */
final class CheckpointOptions {
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

    @Option(
            names = "--file",
            paramLabel = "NAME",
            description = "Of an archive with several checkpoints: the one that is meant, by its name there.")
    @Nullable
    String file;

    /** What was chosen is taken for a setting. */
    Map<String, String> given() {
        var given = new LinkedHashMap<>(settings);
        if (weights != null) {
            given.put("weights", weights);
        }
        if (file != null) {
            given.put("file", file);
        }
        return given;
    }
}
