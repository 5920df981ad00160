package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What the demonstrations say of how an evaluation is set up. */
public enum CanaryVerdict {
    /** Most are solved: it is run as it was trained. */
    FITS(false),
    /** Many are not, and nothing says why: an early checkpoint looks like this, too. */
    LOW(false),
    /** The rows of the puzzle embedding belong to other identifiers. */
    ROWS(true),
    /** With other cycles more are solved. */
    CYCLES(true),
    /** The file holds averaged weights (EMA), and the raw ones were chosen. */
    WEIGHTS(true),
    /** In another dtype more are solved. */
    DTYPE(true);

    private final boolean suspect;

    CanaryVerdict(boolean suspect) {
        this.suspect = suspect;
    }

    /** Whether the evaluation is by the evidence set up in another way than its checkpoint was trained. */
    public boolean suspect() {
        return suspect;
    }

    /** As it stands in tables and the API: {@code fits}. */
    @JsonValue
    public String key() {
        return Keys.of(this);
    }

    /** @throws IllegalArgumentException naming those there are */
    @JsonCreator
    public static CanaryVerdict of(String key) {
        return Keys.constant(CanaryVerdict.class, key);
    }
}
