package dev.trmarena.db.board;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Messages that were quarantined. */
public final class ReadQuarantine {
    private ReadQuarantine() {}

    /** The newest first. @param after only those with a smaller id; null for the very newest */
    public static List<QuarantinedMessageView> newest(Handle handle, @Nullable Long after, int limit) {
        return handle.createQuery("""
                        select id, topic, partition, message_offset as "offset", sent_at, %s as key, length, %s as preview, reason, at
                        from quarantined_message where cast(:after as bigint) is null or id < :after
                        order by id desc limit :limit""".formatted(beginning("key"), beginning("bytes")))
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(QuarantinedMessageView.class)
                .list();
    }

    /** In base64; that of the database has line breaks. */
    private static String beginning(String column) {
        return "replace(encode(substring(" + column + " from 1 for 4096), 'base64'), E'\\n', '')";
    }
}
