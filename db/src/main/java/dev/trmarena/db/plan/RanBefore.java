package dev.trmarena.db.plan;

import dev.trmarena.messages.EvaluationState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.json.Json;

/**
 * An evaluation of the very same file, for whoever is about to submit it once more.
 *
 * @param puzzleSet name of the set
 * @param protocol its key
 * @param hyperParameters as they were resolved then
 */
public record RanBefore(
        UUID evaluation,
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

    /** The first come first. @param sourceDigest SHA-256 of the file */
    public static List<RanBefore> of(Handle handle, String sourceDigest) {
        return handle.createQuery("""
                        select e.id as evaluation, e.model, s.name as puzzle_set, e.protocol, e.state,
                               coalesce(c.manifest -> 'hyperParameters', '{}') as hyper_parameters
                        from checkpoint c
                        join evaluation e on e.checkpoint_id = c.id
                        join puzzle_set s on s.id = e.puzzle_set_id
                        where c.source_digest = :digest
                        order by e.created_at, e.id limit :most""")
                .bind("digest", sourceDigest)
                .bind("most", MOST)
                .mapTo(RanBefore.class)
                .list();
    }
}
