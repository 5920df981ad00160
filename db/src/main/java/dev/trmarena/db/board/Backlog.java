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
                               greatest(0, coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)) as oldest_seconds
                        from outbox""").mapTo(Backlog.class).one();
    }
}
