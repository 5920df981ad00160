package dev.trmarena.db.plan;

import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The contents of the tasks of each set, by which tasks that two sets share are found. Written once, when a set is imported. */
public final class TaskHashes {
    private static final int BATCH = 5_000;

    private TaskHashes() {}

    /** A set from before it was written down so. */
    public record Unhashed(UUID id, String manifestDigest) {}

    /**
     * In a transaction of the caller, after that which made the set known: for as long as millions of tasks are written, nobody waits.
     * Nothing is written when it is there already, or when somebody else is writing it.
     */
    public static void write(Handle handle, UUID set, PuzzleSet tasks) {
        boolean mine =
                handle.createQuery("""
                        select pg_try_advisory_xact_lock(hashtextextended(:set::text, 0))
                          and exists (select 1 from puzzle_set where id = :set and not hashed)""").bind("set", set).mapTo(Boolean.class).one();
        if (!mine) {
            return;
        }
        handle.createUpdate("delete from task_hash where puzzle_set_id = :set")
                .bind("set", set)
                .execute();
        for (int from = 0; from < tasks.taskCount(); from += BATCH) {
            var contents = new UUID[Math.min(BATCH, tasks.taskCount() - from)];
            for (int i = 0; i < contents.length; i++) {
                contents[i] = half(tasks.contentHash(from + i));
            }
            handle.createUpdate("""
                            insert into task_hash (puzzle_set_id, task, content)
                            select :set, :from + at - 1, content from unnest(:contents) with ordinality as c (content, at)""")
                    .bind("set", set)
                    .bind("from", from)
                    .bindArray("contents", UUID.class, (Object[]) contents)
                    .execute();
        }
        handle.createUpdate("update puzzle_set set hashed = true where id = :set")
                .bind("set", set)
                .execute();
    }

    public static List<Unhashed> missing(Handle handle) {
        return handle.createQuery("select id, manifest_digest from puzzle_set where not hashed order by created_at")
                .mapTo(Unhashed.class)
                .list();
    }

    /** Half of a digest tells two million contents apart as well as all of it. @param digest 64 hexadecimal digits */
    static UUID half(String digest) {
        return new UUID(Long.parseUnsignedLong(digest, 0, 16, 16), Long.parseUnsignedLong(digest, 16, 32, 16));
    }
}
