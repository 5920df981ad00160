package dev.trmarena.http.admit;

import dev.trmarena.http.refuse.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What an address may hold: text. NUL and what is no UTF-8 no database takes, and a part that is longer than the name of a file names
 * nothing. Refused here, they cannot end anything further in.
 */
public final class AddressText {
    /** Of one part of a path, between two slashes. */
    public static final int MOST_BYTES = 255;

    private static final int MALFORMED = 400;
    private static final int HEX = 16;

    private AddressText() {}

    /**
     * @param path as it came, with its percent signs; null when there is none
     * @param query likewise
     * @return null when both are text
     */
    static @Nullable Problem refuses(@Nullable String path, @Nullable String query) {
        if (path != null) {
            for (String part : path.split("/", -1)) {
                String wrong = wrong(part, MOST_BYTES);
                if (wrong != null) {
                    return refused("path", wrong);
                }
            }
        }
        String wrong = query == null ? null : wrong(query, query.length());
        return wrong == null ? null : refused("query", wrong);
    }

    private static Problem refused(String place, String wrong) {
        return Problem.of(
                MALFORMED,
                null,
                place,
                "a part of the address " + wrong,
                "write addresses in UTF-8, percent-encoded, with at most " + MOST_BYTES
                        + " bytes between two slashes of the path");
    }

    private static @Nullable String wrong(String part, int mostBytes) {
        byte[] bytes = new byte[part.length()];
        int length = 0;
        for (int at = 0; at < part.length(); at++) {
            int value = part.charAt(at);
            if (value == '%') {
                value = hex(part, at + 1);
                at += 2;
            }
            if (value <= 0 || value > 0xff) {
                return value == 0 ? "has a NUL in it" : "is not percent-encoded";
            }
            bytes[length++] = (byte) value;
        }
        if (length > mostBytes) {
            return "has " + length + " bytes";
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return null;
        } catch (CharacterCodingException e) {
            return "is not UTF-8";
        }
    }

    /** @return -1 when these are no two digits */
    private static int hex(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), HEX);
        int low = Character.digit(text.charAt(at + 1), HEX);
        return high < 0 || low < 0 ? -1 : high * HEX + low;
    }
}
