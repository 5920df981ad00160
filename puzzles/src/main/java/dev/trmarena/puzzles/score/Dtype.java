package dev.trmarena.puzzles.score;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.trmarena.limits.Quote;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a network computes in. */
public enum Dtype {
    FLOAT32,
    BFLOAT16,
    FLOAT16;

    /** As protocols, configurations and command lines write it. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when the name is none of {@link #keys()} */
    public static Dtype of(String key) {
        return Arrays.stream(values())
                .filter(dtype -> dtype.key().equals(key))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("the dtype '" + Quote.of(key) + "' is not one of " + keys()));
    }

    public static String keys() {
        return Arrays.stream(values()).map(Dtype::key).collect(Collectors.joining(", "));
    }
}
