package dev.trmarena.ingest.inspect;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What POST /api/inspections takes; all but the first as for an evaluation.
 *
 * @param checkpoint upload of the checkpoint
 * @param config upload of the {@code all_config.yaml} that lay beside it
 * @param preset a published recipe
 * @param hyperParameters settings by the names of {@code all_config.yaml}
 * @param puzzleSet name of the set that it should fit; null to compare it with every set
 * @param values true to read all values, too, and look for NaN and infinity, which takes as long as reading the file
 */
record InspectionRequest(
        UUID checkpoint,
        @Nullable UUID config,
        @Nullable String preset,
        @Nullable Map<String, String> hyperParameters,
        @Nullable String puzzleSet,
        @Nullable Boolean values) {
    InspectionRequest {
        Objects.requireNonNull(checkpoint, "'checkpoint' is missing");
        if (hyperParameters != null && hyperParameters.containsValue(null)) {
            throw new IllegalArgumentException("'hyperParameters' has null for a value; leave out what is not known");
        }
    }

    Map<String, String> given() {
        return hyperParameters == null ? Map.of() : hyperParameters;
    }
}
