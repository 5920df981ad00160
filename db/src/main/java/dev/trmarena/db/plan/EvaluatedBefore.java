package dev.trmarena.db.plan;

import dev.trmarena.puzzles.score.Protocol;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What an evaluation was made of, to make another one of it.
 *
 * @param puzzleSet name of the set
 */
public record EvaluatedBefore(NewCheckpoint checkpoint, String puzzleSet, String model, Protocol protocol) {

    public static Optional<EvaluatedBefore> find(Handle handle, UUID evaluation) {
        return handle.createQuery("""
                        select c.manifest_digest, c.manifest ->> 'weights' as weights, c.source_digest, c.tensor_digest,
                               c.file_name, c.architecture, c.core_parameters, c.embedding_parameters,
                               c.manifest::text as manifest, s.name, e.model, e.protocol
                        from evaluation e
                        join checkpoint c on c.id = e.checkpoint_id
                        join puzzle_set s on s.id = e.puzzle_set_id
                        where e.id = :id""")
                .bind("id", evaluation)
                .map((row, context) -> new EvaluatedBefore(
                        new NewCheckpoint(
                                row.getString("manifest_digest"),
                                row.getString("weights"),
                                row.getString("source_digest"),
                                row.getString("tensor_digest"),
                                row.getString("file_name"),
                                row.getString("architecture"),
                                row.getLong("core_parameters"),
                                row.getLong("embedding_parameters"),
                                row.getString("manifest")),
                        row.getString("name"),
                        row.getString("model"),
                        Protocol.parse(row.getString("protocol"))))
                .findOne();
    }
}
