package dev.trmarena.ingest.inspect;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.db.plan.NewCheckpoint;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that passed inspection, fits its puzzle set and lies in the store.
 *
 * @param manifest as it is stored
 * @param projectName of the training run; null when the configuration has none
 */
public record AcceptedCheckpoint(
        NewCheckpoint checkpoint,
        CheckpointManifest manifest,
        @Nullable String projectName) {}
