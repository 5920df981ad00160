package dev.trmarena.db.remove;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What can be removed, by what people call it. Each is a number of evaluations; a puzzle set is gone with its last one. */
public enum Removable {
    /** By its id. */
    EVALUATION("cast(e.id as text) = :key"),
    /** Everything that was evaluated under a name. */
    MODEL("e.model = :key"),
    /** Every evaluation of the same weights, by their tensor digest. */
    CHECKPOINT("c.tensor_digest = :key"),
    /** With every evaluation on it, by its name. */
    PUZZLE_SET("s.name = :key");

    private final String condition;

    Removable(String condition) {
        this.condition = condition;
    }

    /** The evaluations that go, oldest first. */
    List<UUID> evaluations(Handle handle, String key) {
        return handle.createQuery("""
                        select e.id from evaluation e
                        left join checkpoint c on c.id = e.checkpoint_id
                        join puzzle_set s on s.id = e.puzzle_set_id
                        where %s order by e.created_at, e.id""".formatted(condition))
                .bind("key", key)
                .mapTo(UUID.class)
                .list();
    }

    /** The puzzle set that goes; empty for all but a set. */
    Optional<UUID> puzzleSet(Handle handle, String key) {
        return this != PUZZLE_SET
                ? Optional.empty()
                : handle.createQuery("select id from puzzle_set where name = :key")
                        .bind("key", key)
                        .mapTo(UUID.class)
                        .findOne();
    }
}
