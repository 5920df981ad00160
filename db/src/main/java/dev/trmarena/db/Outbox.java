package dev.trmarena.db;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;

/** Messages that wait for the relay. */
public final class Outbox {
    private Outbox() {}

    /** A waiting message. */
    public record WaitingMessage(long id, @Nested OutboxMessage message) {}

    /** Must run in the transaction that the messages announce. */
    public static void add(Handle handle, List<OutboxMessage> messages) {
        var batch = handle.prepareBatch("""
                insert into outbox (topic, key, payload, traceparent) values (:topic, :key, :payload, :traceparent)""");
        for (OutboxMessage message : messages) {
            batch.bindMethods(message).add();
        }
        if (!messages.isEmpty()) {
            batch.execute();
        }
    }

    /** The oldest waiting messages that no other relay holds, held until the end of the transaction. */
    public static List<WaitingMessage> hold(Handle handle, int limit) {
        return handle.createQuery("""
                        select id, topic, key, payload, traceparent from outbox
                        order by id limit :limit for update skip locked
                        """)
                .bind("limit", limit)
                .mapTo(WaitingMessage.class)
                .list();
    }

    /** Removes messages that were sent. */
    public static void delete(Handle handle, List<WaitingMessage> sent) {
        handle.createUpdate("delete from outbox where id = any(:ids)")
                .bindArray("ids", Long.class, SqlArrays.of(sent, WaitingMessage::id))
                .execute();
    }

    /** Removes all that waits for a topic. */
    public static void delete(Handle handle, String topic) {
        handle.createUpdate("delete from outbox where topic = :topic")
                .bind("topic", topic)
                .execute();
    }
}
