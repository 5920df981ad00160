package dev.trmarena.db;

import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to be sent if, and only if, the transaction that writes it commits.
 *
 * @param traceparent the span that whoever receives it continues; null when it belongs to no trace
 */
public record OutboxMessage(
        String topic, String key, byte[] payload, @Nullable String traceparent) {
    @JdbiConstructor
    public OutboxMessage {
        payload = payload.clone();
    }

    /** One that belongs to no trace. */
    public OutboxMessage(String topic, String key, byte[] payload) {
        this(topic, key, payload, null);
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public String toString() {
        return topic + " " + key + " (" + payload.length + " bytes)";
    }
}
