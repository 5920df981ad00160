package dev.trmarena.arena.command;

import dev.trmarena.artifacts.checkpoint.ConfigurationOptions;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A checkpoint, and what is said about it. */
final class CheckpointOptions {
    @Parameters(
            paramLabel = "CHECKPOINT",
            description = {
                "The file that the trainer wrote, like step_1656;",
                "where the command says so, also hf://OWNER/REPO/PATH@REVISION."
            })
    Path checkpoint;

    @Mixin
    ConfigurationOptions known;
}
