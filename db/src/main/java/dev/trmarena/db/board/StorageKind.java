package dev.trmarena.db.board;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.trmarena.messages.Keys;

/** What takes storage. */
public enum StorageKind {
    /** In the database: predictions, their grids, candidates and step replays. */
    ANSWERS,
    /** In the database: everything else. */
    RECORDS,
    /** Files: weights with their manifests. */
    CHECKPOINTS,
    /** Files: the arrays of puzzle sets with their manifests. */
    PUZZLE_SETS,
    /** Files: uploads that have come whole, and that nothing was made of yet. */
    UPLOADS,
    /** On the brokers' disks: messages and what they note of consumers. */
    TOPICS,
    /** Files: what the processes of this platform printed; not where somebody else keeps it, as containers' is. */
    LOGS;

    /** As it stands in the API: {@code puzzle_sets}. */
    @JsonValue
    public String key() {
        return Keys.of(this);
    }

    @Override
    public String toString() {
        return key();
    }
}
