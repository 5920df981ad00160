package dev.trmarena.db.board;

import org.jdbi.v3.core.Handle;

/**
 * What lies in the outbox.
 *
 * @param messages that wait for the relay
 * @param oldestSeconds age of the oldest of them; 0 when there is none
 */
public record Backlog(long messages, double oldestSeconds) {
    public static Backlog read(Handle handle) {
        return handle.createQuery("""
                        select count(*) as messages,
                               coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0) as oldest
                        from outbox""")
                .map((row, context) -> new Backlog(row.getLong("messages"), Math.max(0, row.getDouble("oldest"))))
                .one();
    }
}
