package dev.trmarena.ingest.plan;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What POST /api/evaluations takes.
 *
 * @param checkpoint upload of the checkpoint
 * @param config upload of the {@code all_config.yaml} that lay beside it
 * @param puzzleSet name of the set to evaluate on
 * @param preset a published recipe, for a checkpoint without its configuration; see the refusal of one for their names
 * @param hyperParameters settings by the names of {@code all_config.yaml}, {@code L_cycles} for one; they go before file and
 *     preset
 * @param model the named line of checkpoints this one belongs to; null to take it from the config or the file name
 */
record EvaluationRequest(
        UUID checkpoint,
        @Nullable UUID config,
        @Nullable String preset,
        @Nullable Map<String, String> hyperParameters,
        String puzzleSet,
        @Nullable String model) {
    EvaluationRequest {
        Objects.requireNonNull(checkpoint, "'checkpoint' is missing");
        Objects.requireNonNull(puzzleSet, "'puzzleSet' is missing");
        if (hyperParameters != null && hyperParameters.containsValue(null)) {
            throw new IllegalArgumentException("'hyperParameters' has null for a value; leave out what is not known");
        }
    }

    Map<String, String> given() {
        return hyperParameters == null ? Map.of() : hyperParameters;
    }
}
