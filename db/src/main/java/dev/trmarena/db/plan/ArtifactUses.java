package dev.trmarena.db.plan;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Who needs which artifact. The store and the database have no common transaction, so whoever adds a reference to an
 * artifact and whoever removes an unused one first {@link #lock} its digest: an artifact never vanishes under a row that has
 * just begun to name it.
 */
public final class ArtifactUses {
    /** The only references to artifacts that count: whatever else names one, names one that stands here, too. */
    private static final String NAMED =
            "(select digest from artifact_use union all select digest from upload where digest is not null) as named";

    private ArtifactUses() {}

    /** Holds the digests until the end of the transaction; in sorted order, so that two holders cannot wait for each other. */
    public static void lock(Handle handle, Collection<String> digests) {
        for (String digest : new TreeSet<>(digests)) {
            handle.createQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:digest, 0))) as held")
                    .bind("digest", digest)
                    .mapTo(Integer.class)
                    .one();
        }
    }

    /** @param holder id of the puzzle set or checkpoint that cannot do without these artifacts */
    static void add(Handle handle, UUID holder, Collection<String> digests) {
        handle.createUpdate("""
                        insert into artifact_use (digest, holder) select unnest(:digests), :holder
                        on conflict do nothing
                        """)
                .bindArray("digests", String.class, digests.toArray())
                .bind("holder", holder)
                .execute();
    }

    /** Until the end of the transaction these stay. @return false when nobody needs one of them, so that it may be gone */
    public static boolean keep(Handle handle, Collection<String> digests) {
        lock(handle, digests);
        return digests.stream().allMatch(digest -> isUsed(handle, digest));
    }

    /** What a puzzle set or checkpoint cannot do without. */
    public static List<String> of(Handle handle, UUID holder) {
        return handle.createQuery("select digest from artifact_use where holder = :holder")
                .bind("holder", holder)
                .mapTo(String.class)
                .list();
    }

    /** What nobody but these needs. */
    public static List<String> onlyOf(Handle handle, Collection<UUID> holders) {
        return handle.createQuery("""
                        select digest from artifact_use where holder = any(:holders)
                        except select digest from artifact_use where holder <> all(:holders)
                        except select digest from upload where digest is not null""")
                .bindArray("holders", UUID.class, holders.toArray())
                .mapTo(String.class)
                .list();
    }

    /** The holder is gone. */
    public static void removeAll(Handle handle, UUID holder) {
        handle.createUpdate("delete from artifact_use where holder = :holder")
                .bind("holder", holder)
                .execute();
    }

    /** True when an upload, a puzzle set or a checkpoint needs the artifact. */
    public static boolean isUsed(Handle handle, String digest) {
        return handle.createQuery("select exists (select 1 from " + NAMED + " where digest = :digest)")
                .bind("digest", digest)
                .mapTo(Boolean.class)
                .one();
    }

    /** Every artifact that a puzzle set or a checkpoint needs. */
    public static Set<String> held(Handle handle) {
        return handle.createQuery("select distinct digest from artifact_use")
                .mapTo(String.class)
                .set();
    }

    /** Every artifact that an upload, a puzzle set or a checkpoint needs. */
    public static Set<String> all(Handle handle) {
        return handle.createQuery("select digest from " + NAMED)
                .mapTo(String.class)
                .collect(Collectors.toSet());
    }
}
