package dev.trmarena.artifacts.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said of a checkpoint on a command line, whether a platform runs it or this machine: a {@link Configuration} in options. */
public final class ConfigurationOptions {
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
            description = "A published recipe, for what the config does not say: ${COMPLETION-CANDIDATES}.")
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

    @Option(
            names = "--identifier-offset",
            paramLabel = "N",
            description =
                    "Of a checkpoint trained on joined sets: the row of its puzzle embedding at which this set begins;"
                            + " other rows are not used.")
    @Nullable
    String identifierOffset;

    @Option(
            names = "--allow-larger-vocabulary",
            description = "The checkpoint may know more tokens than the puzzles have; answers with these are wrong.")
    boolean largerVocabulary;

    /** @return null: the one beside the checkpoint, if there is one */
    public @Nullable Path config() {
        return config;
    }

    /** @return null for none */
    public @Nullable String preset() {
        return preset;
    }

    /** As {@link Configuration#given()} has it: what is no setting of the network is given like one. */
    public Map<String, String> given() {
        var given = new LinkedHashMap<>(settings);
        if (weights != null) {
            given.put(Configuration.WEIGHTS, weights);
        }
        if (file != null) {
            given.put(Configuration.FILE, file);
        }
        if (identifierOffset != null) {
            given.put(Leeway.IDENTIFIER_OFFSET, identifierOffset);
        }
        if (largerVocabulary) {
            given.put(Leeway.LARGER_VOCABULARY, "true");
        }
        return given;
    }
}
