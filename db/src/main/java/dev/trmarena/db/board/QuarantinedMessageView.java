package dev.trmarena.db.board;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that was quarantined, as people see it; field names are those of the HTTP API.
 *
 * @param id grows with the time at which messages were quarantined
 * @param topic where it was read; units that solvers rejected are read from the topic of dead letters
 * @param sentAt the time that the message has in its topic
 * @param key base64; null when it has none
 * @param length of the message in bytes
 * @param preview base64 of its first 4096 bytes
 * @param reason why it could not be read or recorded
 * @param at when it was quarantined
 */
public record QuarantinedMessageView(
        long id,
        String topic,
        int partition,
        long offset,
        Instant sentAt,
        @Nullable String key,
        long length,
        String preview,
        String reason,
        Instant at) {}
