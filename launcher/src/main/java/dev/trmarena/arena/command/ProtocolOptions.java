package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.RequestedProtocol;
import org.jspecify.annotations.Nullable;
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

    /** What was not said is left to the checkpoint. */
    RequestedProtocol requested() {
        return new RequestedProtocol(steps, dtype, augmentations, early, blankIdentifier);
    }
}
