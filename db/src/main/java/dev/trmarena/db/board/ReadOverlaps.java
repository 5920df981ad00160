package dev.trmarena.db.board;

import java.util.BitSet;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which tasks of a set another set has, too, by their content. */
public final class ReadOverlaps {
    private static final String SHARED = """
            from task_hash mine join puzzle_set s on s.id = mine.puzzle_set_id
            where s.name = :set and exists (
              select 1 from task_hash theirs join puzzle_set o on o.id = theirs.puzzle_set_id
              where o.name = :other and theirs.content = mine.content)
            """;

    private ReadOverlaps() {}

    /** @return how many tasks of the set the other one has, too */
    public static int count(Handle handle, String set, String other) {
        return handle.createQuery("select count(*) " + SHARED)
                .bind("set", set)
                .bind("other", other)
                .mapTo(Integer.class)
                .one();
    }

    /** @return the first of them, in the order of the set */
    public static List<Integer> first(Handle handle, String set, String other, int most) {
        return handle.createQuery("select mine.task " + SHARED + " order by mine.task limit :most")
                .bind("set", set)
                .bind("other", other)
                .bind("most", most)
                .mapTo(Integer.class)
                .list();
    }

    /** In a transaction. @return all of them, a bit each */
    public static BitSet all(Handle handle, String set, String other) {
        var shared = new BitSet();
        handle.createQuery("select mine.task " + SHARED)
                .bind("set", set)
                .bind("other", other)
                .setFetchSize(10_000)
                .mapTo(Integer.class)
                .forEach(shared::set);
        return shared;
    }
}
