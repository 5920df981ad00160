package dev.trmarena.db.plan;

import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which tasks two sets of a kind share, by their content. Sets never change: it is counted once, when the second one is imported. */
public final class Overlaps {
    /** More than anybody reads, and no more than a page can show. */
    public static final int MOST_NAMED = 200;

    /** Of more tasks than that, looking each up takes longer than reading all of both sets. */
    private static final int LOOKED_UP = 10_000;

    private static final String SHARED = """
            select mine.task from task_hash mine where mine.puzzle_set_id = :set and exists (
              select 1 from task_hash theirs where theirs.puzzle_set_id = :other and theirs.content = mine.content)
            """;

    private Overlaps() {}

    /**
     * What a set shares with another one.
     *
     * @param other name of that
     * @param taskCount tasks of the set that the other one has, too
     * @param firstTasks the first of them in the order of the set, at most {@link #MOST_NAMED}
     */
    public record Counted(String other, int taskCount, List<Integer> firstTasks) {}

    /** In a transaction that has just written what the tasks of the set are. */
    static void count(Handle handle, UUID set) {
        // Two of a kind who count at once would not see each other's sets.
        handle.createQuery("""
                        select 1 from (select pg_advisory_xact_lock(hashtext('overlap'), hashtext(kind::text))
                          from puzzle_set where id = :set) as held""").bind("set", set).mapTo(Integer.class).one();
        planFor(handle, set);
        // None of them is removed until this transaction ends.
        List<UUID> others =
                handle.createQuery("""
                        select o.id from puzzle_set o join puzzle_set s on s.kind = o.kind
                        where s.id = :set and o.id <> s.id and o.hashed for key share of o""").bind("set", set).mapTo(UUID.class).list();
        for (UUID other : others) {
            if (count(handle, set, other) > 0) {
                count(handle, other, set);
            }
        }
    }

    private static int count(Handle handle, UUID set, UUID other) {
        return handle.createUpdate("""
                        insert into overlap (puzzle_set_id, other_id, task_count, first_tasks)
                        with shared as materialized (%s)
                        select :set, :other, count(*), array(select task from shared order by task limit :most)
                        from shared having count(*) > 0
                        on conflict (puzzle_set_id, other_id) do update set task_count = excluded.task_count""".formatted(SHARED))
                .bind("set", set)
                .bind("other", other)
                .bind("most", MOST_NAMED)
                .execute();
    }

    /**
     * The database does not know yet how many tasks a set has that was just written, takes it for a few, and would look up each of
     * millions in an index of the others. What is set here ends with the transaction.
     */
    private static void planFor(Handle handle, UUID set) {
        boolean large = handle.createQuery("select task_count > :few from puzzle_set where id = :set")
                .bind("few", LOOKED_UP)
                .bind("set", set)
                .mapTo(Boolean.class)
                .one();
        handle.execute("set local enable_nestloop = " + (large ? "off" : "on"));
        handle.execute("set local plan_cache_mode = force_custom_plan");
    }

    /** By the names of the others. */
    public static List<Counted> of(Handle handle, String set) {
        return handle.createQuery("""
                        select o.name as other, p.task_count, p.first_tasks
                        from overlap p join puzzle_set s on s.id = p.puzzle_set_id join puzzle_set o on o.id = p.other_id
                        where s.name = :set order by o.name""").bind("set", set).mapTo(Counted.class).list();
    }

    /** In a transaction. @return all tasks of a set that another one has, too, a bit each; none where one of them is not there */
    public static BitSet all(Handle handle, String set, String other) {
        var shared = new BitSet();
        UUID mine = id(handle, set);
        UUID theirs = id(handle, other);
        if (mine != null && theirs != null) {
            planFor(handle, mine);
            handle.createQuery(SHARED)
                    .bind("set", mine)
                    .bind("other", theirs)
                    .setFetchSize(10_000)
                    .mapTo(Integer.class)
                    .forEach(shared::set);
        }
        return shared;
    }

    private static @Nullable UUID id(Handle handle, String set) {
        return PuzzleSets.find(handle, set).map(PuzzleSetRow::id).orElse(null);
    }
}
