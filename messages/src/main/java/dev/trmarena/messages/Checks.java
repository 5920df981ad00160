package dev.trmarena.messages;

import dev.trmarena.limits.Quote;
import java.util.Objects;
import java.util.regex.Pattern;

/** Range checks of the message records; each quotes the bad value. */
final class Checks {
    /** A host's name has 253 at most, and a few come behind it. */
    private static final int LONGEST_NAME = 300;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private Checks() {}

    static void digest(String name, String value) {
        if (!SHA256.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " is not a SHA-256 in lower-case hex: '" + Quote.of(value) + "'");
        }
    }

    /** Of a solver or a device: nobody calls theirs by more, and tables and pages show it. */
    static void name(String name, String value) {
        Objects.requireNonNull(value, name);
        if (value.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    name + " has " + value.length() + " characters, it may have " + LONGEST_NAME);
        }
    }

    static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be at least " + least);
        }
    }
}
