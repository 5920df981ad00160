package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where an evaluation stands. The database says the same by itself, in {@code evaluation.is_over} and {@code is_working}; a test
 * of {@code db} compares the two.
 */
public enum EvaluationState {
    /** Planned; no solver has begun. */
    QUEUED,
    /** A solver began at least one of its units. */
    RUNNING,
    /** Its units are taken back until somebody resumes it. */
    PAUSED,
    /** It has its scores. */
    FINISHED,
    /** It ended with a reason. */
    FAILED,
    /** Somebody ended it. */
    CANCELLED;

    /** Nothing happens to it any more, unless somebody retries it. */
    public boolean isOver() {
        return this == FINISHED || this == FAILED || this == CANCELLED;
    }

    /** Over without the scores of all its examples; a retry takes it up again. */
    public boolean endedEarly() {
        return isOver() && this != FINISHED;
    }

    /** Its units are given out to solvers. */
    public boolean isWorking() {
        return this == QUEUED || this == RUNNING;
    }

    /** As it stands in tables and the API: {@code queued}. */
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
    public static EvaluationState of(String key) {
        return Keys.constant(EvaluationState.class, key);
    }
}
