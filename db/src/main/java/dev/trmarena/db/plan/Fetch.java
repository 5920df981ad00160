package dev.trmarena.db.plan;

import java.util.UUID;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A file that is fetched, or was.
 *
 * @param upload that it becomes; there is none when it failed
 * @param bytes as the hub says
 * @param saidDigest as the hub says: SHA-256 (64 hexadecimal digits) or the SHA-1 of a blob of git (40)
 * @param sender whose place among the unfinished uploads it takes
 * @param problem why nothing came, as JSON; null while it goes on, and once all of it has come
 */
public record Fetch(
        UUID upload,
        String fileName,
        long bytes,
        String saidDigest,
        @Json Origin origin,
        String sender,
        @Nullable String problem) {}
