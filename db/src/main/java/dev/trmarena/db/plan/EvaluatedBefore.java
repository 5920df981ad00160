package dev.trmarena.db.plan;

import dev.trmarena.puzzles.score.Protocol;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;

/**
 * What an evaluation was made of, to make another one of it.
 *
 * @param puzzleSet name of the set
 */
public record EvaluatedBefore(
        @Nested NewCheckpoint checkpoint, UUID puzzleSetId, String puzzleSet, String model, Protocol protocol) {
    /** Whether the checkpoint was run on the set by its own rows, which were held to those of the set then. */
    public boolean ranByOwnRows(Handle handle) {
        return handle
                .createQuery("""
                        select distinct e.protocol from evaluation e join checkpoint c on c.id = e.checkpoint_id
                        where c.manifest_digest = :manifest and e.puzzle_set_id = :set""")
                .bind("manifest", checkpoint.manifestDigest())
                .bind("set", puzzleSetId)
                .mapTo(String.class)
                .stream()
                .map(Protocol::parse)
                .anyMatch(Protocol::usesOwnRows);
    }

    public static Optional<EvaluatedBefore> find(Handle handle, UUID evaluation) {
        return handle.createQuery("""
                        select c.manifest_digest, c.manifest ->> 'weights' as weights_digest, c.source_digest, c.tensor_digest,
                               c.file_name, c.architecture, c.core_parameters, c.embedding_parameters,
                               c.manifest::text as manifest, s.id as puzzle_set_id, s.name as puzzle_set, e.model, e.protocol
                        from evaluation e
                        join checkpoint c on c.id = e.checkpoint_id
                        join puzzle_set s on s.id = e.puzzle_set_id
                        where e.id = :id""")
                .bind("id", evaluation)
                .mapTo(EvaluatedBefore.class)
                .findOne();
    }
}
