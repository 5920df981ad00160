package dev.trmarena.db.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** How large a share of the solvers an evaluation gets while others wait, too. Nobody is left out, whatever the others have. */
public enum Priority {
    LOW(1),
    NORMAL(4),
    HIGH(16);

    private final int weight;

    Priority(int weight) {
        this.weight = weight;
    }

    /** Units that it gets while one of weight 1 gets one. */
    public int weight() {
        return weight;
    }

    /** As it stands in the database and in the API. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming those there are */
    @JsonCreator
    public static Priority of(String key) {
        return Arrays.stream(values())
                .filter(priority -> priority.key().equals(key))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("priority '" + key + "' is none of low, normal, high"));
    }
}
