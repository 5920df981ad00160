package dev.trmarena.messages;

import java.util.regex.Pattern;

/** Range checks of the message records; each quotes the bad value. */
final class Checks {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private Checks() {}

    static void digest(String name, String value) {
        if (!SHA256.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " is not a SHA-256 in lower-case hex: '" + value + "'");
        }
    }

    static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be at least " + least);
        }
    }
}
