package dev.trmarena.leaderboard.board;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A board as it travels.
 *
 * @param tag the beginning of the SHA-256 of the JSON: equal boards have equal tags, whichever process drew them up
 * @param json UTF-8
 * @param gzip the same, compressed: once, and not for each who asks
 */
@SuppressWarnings("ArrayRecordComponent")
record SentBoard(String tag, byte[] json, byte[] gzip) {
    private static final int TAG_BYTES = 16;

    static SentBoard of(byte[] json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
            var compressed = new ByteArrayOutputStream(json.length / 4);
            try (var gzip = new GZIPOutputStream(compressed)) {
                gzip.write(json);
            }
            String tag = HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES));
            return new SentBoard(tag, json, compressed.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    long bytes() {
        return (long) json.length + gzip.length;
    }
}
