package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a work unit is solved for. */
public enum Purpose {
    /** Its predictions are scored. */
    SCORE,

    /** Somebody wants to see the answer after each step, of one example of a finished evaluation; scores stay as they are. */
    REPLAY,

    /** Demonstrations that training saw: whether the evaluation is set up as it was trained. They are no part of its score. */
    CANARY,

    /** Training steps of a checkpoint that is adapted before its evaluation answers; what comes of them is a file. */
    ADAPT;

    /** As it stands in messages: {@code score}. */
    @JsonValue
    public String key() {
        return Keys.of(this);
    }

    /** @throws IllegalArgumentException naming those there are */
    @JsonCreator
    public static Purpose of(String key) {
        return Keys.constant(Purpose.class, key);
    }
}
