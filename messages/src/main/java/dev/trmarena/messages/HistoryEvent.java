package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What happens to an evaluation, as its history tells it. */
public enum HistoryEvent {
    PLANNED,
    PAUSED,
    RESUMED,
    CANCELLED,
    FAILED,
    RETRIED,
    /** A unit of it was given out again, for nothing was heard of it. */
    REAPED,
    FINISHED;

    /** As it stands in tables and the API: {@code planned}. */
    @JsonValue
    public String key() {
        return Keys.of(this);
    }

    @Override
    public String toString() {
        return key();
    }

    /** @throws IllegalArgumentException naming those there are */
    @JsonCreator
    public static HistoryEvent of(String key) {
        return Keys.constant(HistoryEvent.class, key);
    }
}
