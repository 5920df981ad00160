package dev.trmarena.db.record;

import dev.trmarena.db.StorableText;
import java.time.Instant;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Messages that nobody could read or record are kept, so that somebody can look at them. */
public final class QuarantinedMessages {
    /** So much of a message and of its key is kept, in bytes; an outcome of a large unit has about a quarter of it. */
    public static final int KEPT = 1 << 20;

    private QuarantinedMessages() {}

    /**
     * A message and why it was quarantined.
     *
     * @param sentAt the time that it has in its topic
     * @param key null when it has none
     * @param reason for people
     */
    public record Message(
            String topic,
            int partition,
            long offset,
            Instant sentAt,
            byte @Nullable [] key,
            byte[] bytes,
            String reason) {}

    /** @return false when it was quarantined before; then nothing changed */
    public static boolean add(Handle handle, Message message) {
        return handle.createUpdate("""
                        insert into quarantined_message (topic, partition, message_offset, sent_at, key, bytes, length, reason)
                        values (:topic, :partition, :offset, :sentAt, :key, :bytes, :length, :reason)
                        on conflict do nothing""")
                        .bind("topic", message.topic())
                        .bind("partition", message.partition())
                        .bind("offset", message.offset())
                        .bind("sentAt", message.sentAt())
                        .bind("key", message.key() == null ? null : beginning(message.key()))
                        .bind("bytes", beginning(message.bytes()))
                        .bind("length", (long) message.bytes().length)
                        .bind("reason", StorableText.text(message.reason()))
                        .execute()
                > 0;
    }

    private static byte[] beginning(byte[] bytes) {
        return bytes.length <= KEPT ? bytes : Arrays.copyOf(bytes, KEPT);
    }
}
