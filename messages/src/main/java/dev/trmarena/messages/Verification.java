package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** What the repeats of an evaluation say of it. */
public enum Verification {
    /** Another repeat gave the same answer to every example. */
    REPRODUCED,
    /** One did not. */
    DIFFERS;

    /** As it stands in tables and the API: {@code reproduced}. */
    @JsonValue
    public String key() {
        return Keys.of(this);
    }

    @Override
    public String toString() {
        return key();
    }

    /** @param key null when there is no other repeat to compare with */
    @JsonCreator
    public static @Nullable Verification of(@Nullable String key) {
        return key == null ? null : Keys.constant(Verification.class, key);
    }
}
