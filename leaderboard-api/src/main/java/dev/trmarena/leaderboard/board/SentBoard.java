package dev.trmarena.leaderboard.board;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A board as it travels.
 *
 * @param tag the beginning of the SHA-256 of the JSON: equal boards have equal tags, whichever process drew them up
 * @param json UTF-8
 */
@SuppressWarnings("ArrayRecordComponent")
record SentBoard(String tag, byte[] json) {
    private static final int TAG_BYTES = 16;

    static SentBoard of(byte[] json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
            String tag = HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES));
            return new SentBoard(tag, json);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    long bytes() {
        return json.length;
    }
}
