package dev.trmarena.db.plan;

import dev.trmarena.messages.EvaluationState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation of the very same tensors, for whoever is about to submit them once more.
 *
 * @param sameFile whether they came in the very same file
 * @param puzzleSet name of the set
 * @param protocol its key
 * @param hyperParameters as they were resolved then
 */
public record RanBefore(
        UUID evaluation,
        boolean sameFile,
        String model,
        String puzzleSet,
        String protocol,
        EvaluationState state,
        @Json Map<String, Object> hyperParameters) {
    /** More than these tell nothing new. */
    private static final int MOST = 50;

    public RanBefore {
        hyperParameters = new TreeMap<>(hyperParameters);
    }

    /**
     * The first come first.
     *
     * @param sourceDigest SHA-256 of the file; by it the tensors are known where the file was evaluated before
     * @param tensorDigest of its tensors; null where their values were not read
     */
    public static List<RanBefore> of(Handle handle, String sourceDigest, @Nullable String tensorDigest) {
        return handle.createQuery("""
                        select e.id as evaluation, c.source_digest = :digest as same_file, e.model, s.name as puzzle_set, e.protocol, e.state,
                               coalesce(c.manifest -> 'hyperParameters', '{}') as hyper_parameters
                        from checkpoint c
                        join evaluation e on e.checkpoint_id = c.id
                        join puzzle_set s on s.id = e.puzzle_set_id
                        where c.tensor_digest = :tensors
                           or c.tensor_digest in (select tensor_digest from checkpoint where source_digest = :digest)
                        order by e.created_at, e.id limit :most""")
                .bind("digest", sourceDigest)
                .bind("tensors", tensorDigest)
                .bind("most", MOST)
                .mapTo(RanBefore.class)
                .list();
    }
}
