package dev.trmarena.db.board;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Messages that were quarantined. */
public final class ReadQuarantine {
    private ReadQuarantine() {}

    /** The newest first. @param after only those with a smaller id; null for the very newest */
    public static List<QuarantinedMessageView> newest(Handle handle, @Nullable Long after, int limit) {
        return handle.createQuery("""
                        select id, topic, partition, message_offset, sent_at, substring(key from 1 for 4096) as key,
                               length, substring(bytes from 1 for 4096) as preview, reason, at
                        from set_aside where cast(:after as bigint) is null or id < :after
                        order by id desc limit :limit""")
                .bind("after", after)
                .bind("limit", limit)
                .map(ReadQuarantine::view)
                .list();
    }

    private static QuarantinedMessageView view(ResultSet row, StatementContext context) throws SQLException {
        byte[] key = row.getBytes("key");
        return new QuarantinedMessageView(
                row.getLong("id"),
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("message_offset"),
                row.getTimestamp("sent_at").toInstant(),
                key == null ? null : Base64.getEncoder().encodeToString(key),
                row.getLong("length"),
                Base64.getEncoder().encodeToString(row.getBytes("preview")),
                row.getString("reason"),
                row.getTimestamp("at").toInstant());
    }
}
