package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.RequestedAdaptation;
import dev.trmarena.arena.client.ArenaApi.RequestedProtocol;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a checkpoint is run, where not as its authors run it. Each protocol has a board of its own. */
final class ProtocolOptions {
    @Option(names = "--steps", paramLabel = "N", description = "Improvement steps (default: the checkpoint's own).")
    @Nullable
    Integer steps;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description = "float32, bfloat16 or float16 (default: the checkpoint's own).")
    @Nullable
    String dtype;

    @Option(
            names = "--augmentations",
            paramLabel = "N",
            description = "ARC: the first N of each task vote, a cheap preview; 0 turns voting off (default: all).")
    @Nullable
    Integer augmentations;

    @Option(names = "--early", description = "An example ends after the first step with q_halt above 0.")
    boolean early;

    @Option(
            names = "--blank-identifier",
            description = "The network is not told which task it sees: how much is memory of the task?")
    boolean blankIdentifier;

    @ArgGroup(exclusive = false)
    @Nullable
    Adapting adapting;

    /** A checkpoint is trained on the demonstrations of the puzzle set before it answers. */
    static final class Adapting {
        @Option(
                names = "--adapt",
                paramLabel = "MODE",
                required = true,
                description =
                        "For ARC tasks that the checkpoint has never seen: it is trained on their demonstrations first. rows, those"
                                + " of its puzzle embedding, each for itself; or all, the weights, too.")
        String mode = "";

        @Option(
                names = "--adapt-steps",
                paramLabel = "N",
                required = true,
                description =
                        "Training steps, of each row or of all weights; 0 leaves every row the mean of the checkpoint's rows: the score"
                                + " before.")
        int steps;

        @Option(
                names = "--adapt-slots",
                paramLabel = "N",
                description = "Demonstrations of one training step (default: 1 of rows, 8 of all).")
        @Nullable
        Integer slots;

        @Option(names = "--adapt-seed", paramLabel = "N", description = "Decides what is random of it (default: 0).")
        @Nullable
        Integer seed;

        @Option(
                names = "--adapt-set",
                paramLabel = "NAME=VALUE",
                description =
                        "A setting by the name of the authors' trainer: puzzle_emb_lr (default: 0.1), puzzle_emb_weight_decay"
                                + " (0.1), lr_warmup_steps (10), lr_min_ratio (0.1), halt_exploration_prob (0.1); of all also lr (0.0003),"
                                + " weight_decay (0.1), beta1 (0.9), beta2 (0.95), ema_rate (0.98; 0: no average).")
        Map<String, Double> settings = new LinkedHashMap<>();
    }

    /** What was not said is left to the checkpoint. */
    RequestedProtocol requested() {
        RequestedAdaptation adaptation = adapting == null
                ? null
                : new RequestedAdaptation(
                        adapting.mode, adapting.steps, adapting.slots, adapting.seed, adapting.settings);
        return new RequestedProtocol(steps, dtype, augmentations, early, blankIdentifier, adaptation);
    }
}
