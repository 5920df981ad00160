package dev.trmarena.db.board;

import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** How much of the database is in use, and who needs which artifact. */
public final class ReadStorage {
    private ReadStorage() {}

    /** Bytes of answers. */
    public static long answers(Handle handle) {
        return handle.createQuery("""
                        select coalesce(sum(pg_total_relation_size(oid)), 0) from pg_class
                        where relnamespace = current_schema()::regnamespace
                          and relname in ('prediction', 'grid', 'candidate', 'test_output', 'replay_frame')""").mapTo(Long.class).one();
    }

    /** Bytes of all of it. */
    public static long database(Handle handle) {
        return handle.createQuery("select pg_database_size(current_database())")
                .mapTo(Long.class)
                .one();
    }

    /** Digests that checkpoints need. */
    public static Set<String> ofCheckpoints(Handle handle) {
        return digests(handle, "select digest from artifact_use u join checkpoint c on c.id = u.holder");
    }

    /** Digests that puzzle sets need. */
    public static Set<String> ofPuzzleSets(Handle handle) {
        return digests(handle, "select digest from artifact_use u join puzzle_set s on s.id = u.holder");
    }

    /** Digests of uploads that have come whole. */
    public static Set<String> ofUploads(Handle handle) {
        return digests(handle, "select digest from upload where digest is not null");
    }

    private static Set<String> digests(Handle handle, String query) {
        return handle.createQuery(query).mapTo(String.class).collect(Collectors.toSet());
    }
}
