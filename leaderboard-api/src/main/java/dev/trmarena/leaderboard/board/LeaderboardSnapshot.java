package dev.trmarena.leaderboard.board;

import dev.trmarena.leaderboard.serve.TagAnswers;
import jakarta.ws.rs.core.EntityTag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * A board as it travels.
 *
 * @param tag see {@link TagAnswers#of}
 * @param json UTF-8
 * @param gzip the same, compressed: once, and not for each who asks
 */
@SuppressWarnings("ArrayRecordComponent")
record LeaderboardSnapshot(EntityTag tag, byte[] json, byte[] gzip) {
    static LeaderboardSnapshot of(byte[] json) {
        try {
            var compressed = new ByteArrayOutputStream(json.length / 4);
            try (var gzip = new GZIPOutputStream(compressed)) {
                gzip.write(json);
            }
            return new LeaderboardSnapshot(TagAnswers.of(json), json, compressed.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long bytes() {
        return (long) json.length + gzip.length;
    }
}
