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

    /** And what the set shares with others. In a transaction of the caller, with the row of the set; again it writes the same. */
    public static void write(Handle handle, UUID set, PuzzleSet tasks) {
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
        Overlaps.count(handle, set);
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
