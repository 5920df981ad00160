package dev.trmarena.puzzles.score;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What of a checkpoint is trained on the demonstrations of a puzzle set before it answers. */
public enum AdaptMode {
    /** The rows of the puzzle embedding; the network is frozen. */
    ROWS,
    /** Rows and weights, as the authors' trainer goes on. It couples all rows, so one solver does it before there are units. */
    ALL;

    /** As protocols and command lines write it. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
