package dev.trmarena.ingest.inspect;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.db.plan.NewCheckpoint;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that passed inspection, fits its puzzle set and lies in the store.
 *
 * @param hyperParameters as resolved
 * @param projectName of the training run; null when the configuration has none
 */
public record AcceptedCheckpoint(
        NewCheckpoint checkpoint,
        HyperParameters hyperParameters,
        @Nullable String projectName) {}
