package dev.trmarena.db;

import dev.trmarena.messages.Json;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowMapper;
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

    /**
     * Of rows with the columns of a {@link WorkUnit} and a {@code traceparent}: the unit, for solvers.
     *
     * @param key of its message
     */
    public static RowMapper<OutboxMessage> ofWork(Function<WorkUnit, String> key) {
        return (row, context) -> {
            WorkUnit unit =
                    context.findRowMapperFor(WorkUnit.class).orElseThrow().map(row, context);
            return new OutboxMessage(Topics.WORK, key.apply(unit), Json.write(unit), row.getString("traceparent"));
        };
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
