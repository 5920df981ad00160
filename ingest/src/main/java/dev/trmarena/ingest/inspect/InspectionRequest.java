package dev.trmarena.ingest.inspect;

import dev.trmarena.http.refuse.JsonRequest;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
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
@JsonRequest(mostBytes = 1 << 20)
record InspectionRequest(
        @NotNull UUID checkpoint,
        @Nullable UUID config,
        @Nullable String preset,
        @Nullable Map<String, @NotNull(message = "leave out what is not known") String> hyperParameters,
        @Nullable String puzzleSet,
        @Nullable Boolean values) {
    Map<String, String> given() {
        return hyperParameters == null ? Map.of() : hyperParameters;
    }
}
