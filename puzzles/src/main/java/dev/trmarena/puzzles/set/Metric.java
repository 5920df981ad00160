package dev.trmarena.puzzles.set;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The scores that there are; they are defined in {@code docs/scoring.md}. */
public enum Metric {
    PASS_1,
    PASS_2,
    PASS_5,
    PASS_10,
    PASS_100,
    PASS_1000,
    ARC_PRIZE,
    KAGGLE,
    STRICT,
    EXACT_ACCURACY,
    ACCURACY,
    Q_HALT_ACCURACY,
    VALID_PATH,
    VALID_SOLUTION;

    private static final String PASS_AT = "pass@";

    private final String key;

    Metric() {
        this.key = name().toLowerCase(Locale.ROOT).replace("pass_", "pass@");
    }

    /** As tables and the API write it: {@code pass@2}, {@code exact_accuracy}. */
    @JsonValue
    public String key() {
        return key;
    }

    /** K of a pass@K: the candidates that it looks at; empty for others. */
    public OptionalInt candidates() {
        return key.startsWith(PASS_AT)
                ? OptionalInt.of(Integer.parseInt(key.substring(PASS_AT.length())))
                : OptionalInt.empty();
    }

    /** Every pass@K, by K. */
    public static List<Metric> passes() {
        return Arrays.stream(values())
                .filter(metric -> metric.candidates().isPresent())
                .toList();
    }
}
