package dev.trmarena.ingest.plan;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What POST /api/evaluations takes.
 *
 * @param checkpoint upload of the checkpoint
 * @param config upload of the {@code all_config.yaml} that lay beside it
 * @param puzzleSet name of the set to evaluate on
 * @param model the named line of checkpoints this one belongs to; null to take it from the config or the file name
 */
record EvaluationRequest(
        UUID checkpoint,
        @Nullable UUID config,
        String puzzleSet,
        @Nullable String model) {
    EvaluationRequest {
        Objects.requireNonNull(checkpoint, "'checkpoint' is missing");
        Objects.requireNonNull(puzzleSet, "'puzzleSet' is missing");
    }
}
