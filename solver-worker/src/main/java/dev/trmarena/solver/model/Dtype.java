package dev.trmarena.solver.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a network computes in; the number is TorchScript's. */
public enum Dtype {
    FLOAT32(6),
    BFLOAT16(15),
    FLOAT16(5);

    private final int number;

    Dtype(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** As configurations and command lines write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when the name is none of {@link #labels()} */
    public static Dtype of(String label) {
        return Arrays.stream(values())
                .filter(dtype -> dtype.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the dtype '" + label + "' is not one of " + labels()));
    }

    public static String labels() {
        return Arrays.stream(values()).map(Dtype::label).collect(Collectors.joining(", "));
    }
}
