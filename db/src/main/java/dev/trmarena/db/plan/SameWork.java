package dev.trmarena.db.plan;

import dev.trmarena.db.EndedEarly;
import dev.trmarena.puzzles.score.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Evaluations of the same weights with the same settings on the same set by the same protocol. One of them stands for all; the
 * others are its repeats.
 */
final class SameWork {
    /** Settings of a checkpoint that its protocol decides instead: they make no other evaluation. */
    private static final String[] OF_PROTOCOL = {"haltMaxSteps", "forwardDtype"};

    private SameWork() {}

    /** Until the end of the transaction: two requests for the same weights at once, in whatever files they came, see each other. */
    static void lock(Handle handle, String tensorDigest) {
        ArtifactUses.lock(handle, List.of(tensorDigest));
    }

    /** The one that stands for the work; empty when there is none, or all have failed or were cancelled. */
    static Optional<UUID> find(Handle handle, NewCheckpoint checkpoint, UUID puzzleSet, Protocol protocol) {
        return handle.createQuery("""
                        select e.id from evaluation e join checkpoint c on c.id = e.checkpoint_id
                        where c.tensor_digest = :tensorDigest and c.architecture = :architecture
                          and (c.manifest -> 'hyperParameters') - :ofProtocol
                              is not distinct from (:manifest::jsonb -> 'hyperParameters') - :ofProtocol
                          and e.puzzle_set_id = :puzzleSet and e.protocol = :protocol and not (%s)
                        order by e.original_id nulls first, e.created_at limit 1
                        """.formatted(EndedEarly.SQL))
                .bind("tensorDigest", checkpoint.tensorDigest())
                .bind("architecture", checkpoint.architecture())
                .bind("manifest", checkpoint.manifest())
                .bind("puzzleSet", puzzleSet)
                .bind("protocol", protocol.key())
                .bindArray("ofProtocol", String.class, (Object[]) OF_PROTOCOL)
                .mapTo(UUID.class)
                .findOne();
    }

    /**
     * The one that stands for the same work as this evaluation, which is neither it nor of its repeats: it was submitted anew after
     * this one had ended early.
     */
    static Optional<UUID> elsewhere(Handle handle, UUID evaluation) {
        EvaluatedBefore before = EvaluatedBefore.find(handle, evaluation).orElseThrow();
        lock(handle, before.checkpoint().tensorDigest());
        return find(handle, before.checkpoint(), before.puzzleSetId(), before.protocol())
                .filter(other -> !original(handle, other).equals(original(handle, evaluation)));
    }

    private static UUID original(Handle handle, UUID evaluation) {
        return handle.createQuery("select coalesce(original_id, id) from evaluation where id = :id")
                .bind("id", evaluation)
                .mapTo(UUID.class)
                .one();
    }
}
