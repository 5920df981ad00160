package dev.trmarena.ingest.hub;

import dev.trmarena.http.refuse.JsonRequest;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * What POST /api/fetches takes.
 *
 * @param from {@code hf://OWNER/REPO/PATH}, with {@code @REVISION} behind it for another than {@code main}; {@code hf://datasets/…} of a data
 *     set
 * @param config the same of its {@code all_config.yaml}; null to take the one that lies beside a checkpoint, if one does
 * @param dryRun true to be told only what would be fetched
 */
@JsonRequest(mostBytes = 1 << 13)
record FetchRequest(
        @NotNull String from,
        @Nullable String config,
        @Nullable Boolean dryRun) {}
