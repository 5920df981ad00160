package dev.trmarena.db.plan;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table of puzzle sets. */
public final class PuzzleSets {
    private static final String SELECT = """
            select id, name, kind, manifest_digest, seq_len, vocab_size, identifier_count, example_count, task_count
            from puzzle_set
            """;

    private PuzzleSets() {}

    /**
     * Adds a puzzle set unless its name is taken.
     *
     * @param artifacts digests that the set needs, its manifest included
     * @return false when the name is taken: nothing was written
     */
    public static boolean insert(Handle handle, PuzzleSetRow set, Collection<String> artifacts) {
        int rows = handle.createUpdate("""
                        insert into puzzle_set (id, name, kind, manifest_digest, seq_len, vocab_size, identifier_count,
                                                example_count, task_count)
                        values (:id, :name, :kind, :manifestDigest, :seqLen, :vocabSize, :identifierCount,
                                :exampleCount, :taskCount)
                        on conflict (name) do nothing
                        """).bindMethods(set).execute();
        if (rows == 1) {
            ArtifactUses.add(handle, set.id(), artifacts);
        }
        return rows == 1;
    }

    /**
     * A set needs more artifacts from now on. The caller has locked them.
     *
     * @return false when the set is gone: nothing was written
     */
    public static boolean needs(Handle handle, UUID set, Collection<String> artifacts) {
        boolean there = handle.createQuery("select 1 from puzzle_set where id = :id for key share")
                .bind("id", set)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (there) {
            ArtifactUses.add(handle, set, artifacts);
        }
        return there;
    }

    /** The board of the old set stays, and says that there is a new one. Both are there. */
    public static void replace(Handle handle, String old, String successor) {
        handle.createUpdate("""
                        update puzzle_set o set successor_id = n.id from puzzle_set n
                        where o.name = :old and n.name = :new and o.id <> n.id""").bind("old", old).bind("new", successor).execute();
    }

    /** By name. */
    public static List<PuzzleSetRow> all(Handle handle) {
        return handle.createQuery(SELECT + "order by name")
                .mapTo(PuzzleSetRow.class)
                .list();
    }

    public static Optional<PuzzleSetRow> find(Handle handle, String name) {
        return handle.createQuery(SELECT + "where name = :name")
                .bind("name", name)
                .mapTo(PuzzleSetRow.class)
                .findOne();
    }
}
