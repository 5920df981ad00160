package dev.trmarena.arena.client;

import org.jspecify.annotations.Nullable;

/**
 * All weights are adapted before an evaluation answers.
 *
 * @param step that is done
 * @param lmLoss of that; null before the first
 * @param checkpoint digest of what came of it; null until it is there
 */
public record TrainingOfApi(
        int step,
        int steps,
        @Nullable Double lmLoss,
        @Nullable String checkpoint) {}
