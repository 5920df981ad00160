package dev.trmarena.ingest.hub;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a fetch stands. */
public enum FetchState {
    /** It is there, on the hub; it was only looked for. */
    FOUND,
    /** For its turn, or for the hub to be ready for it. */
    WAITING,
    /** Bytes come. */
    FETCHING,
    /** All of it has come, and is what the hub says: an upload like any other. */
    WHOLE,
    /** Nothing comes any more. */
    FAILED;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
