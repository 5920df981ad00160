package dev.trmarena.db.plan;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Which tasks two sets of a kind share, by their content. Sets never change: it is counted once, after the second one was imported. */
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
     * @param counted false while they are still to be compared; nothing is said of their tasks then
     * @param taskCount tasks of the set that the other one has, too
     * @param firstTasks the first of them in the order of the set, at most {@link #MOST_NAMED}
     */
    public record Counted(String other, boolean counted, int taskCount, List<Integer> firstTasks) {}

    private record Shared(int taskCount, List<Integer> firstTasks) {}

    /**
     * Compares the next set with those of its kind that were compared before, a transaction a pair: each pair is counted with the
     * later of its two, however they came. Killed in between, the set is the next one again, and goes on where it was. Nobody waits
     * for it: what is read is not locked, and a set may be removed meanwhile.
     *
     * @param getsOn called before each pair
     * @return false when there is none, or when somebody else is at it
     */
    public static boolean countNext(Jdbi jdbi, Runnable getsOn) {
        return jdbi.withHandle(handle -> {
            if (!handle.createQuery("select pg_try_advisory_lock(hashtext('overlap'))")
                    .mapTo(Boolean.class)
                    .one()) {
                return false;
            }
            try {
                Optional<UUID> next = next(handle);
                next.ifPresent(set -> compare(handle, set, getsOn));
                return next.isPresent();
            } finally {
                handle.execute("select pg_advisory_unlock(hashtext('overlap'))");
            }
        });
    }

    /** The smallest first: whoever sends large ones does not keep others from knowing. */
    private static Optional<UUID> next(Handle handle) {
        return handle.createQuery("""
                        select id from puzzle_set where hashed and not compared order by task_count, created_at, id limit 1""").mapTo(UUID.class).findOne();
    }

    private static void compare(Handle handle, UUID set, Runnable getsOn) {
        List<UUID> others =
                handle.createQuery("""
                        select o.id from puzzle_set o join puzzle_set s on s.kind = o.kind
                        where s.id = :set and o.id <> s.id and o.compared and not exists (
                          select 1 from overlap where puzzle_set_id = s.id and other_id = o.id)""").bind("set", set).mapTo(UUID.class).list();
        for (UUID other : others) {
            getsOn.run();
            handle.useTransaction(pair -> count(pair, set, other));
        }
        handle.createUpdate("update puzzle_set set compared = true where id = :set")
                .bind("set", set)
                .execute();
    }

    /** In a transaction. */
    private static void count(Handle handle, UUID set, UUID other) {
        planFor(handle, set);
        Shared mine = shared(handle, set, other);
        if (mine.taskCount() > 0) {
            Shared theirs = shared(handle, other, set);
            write(handle, set, other, mine);
            write(handle, other, set, theirs);
        }
    }

    private static Shared shared(Handle handle, UUID set, UUID other) {
        return handle.createQuery("""
                        with shared as materialized (%s)
                        select count(*) as task_count, array(select task from shared order by task limit :most) as first_tasks
                        from shared""".formatted(SHARED))
                .bind("set", set)
                .bind("other", other)
                .bind("most", MOST_NAMED)
                .mapTo(Shared.class)
                .one();
    }

    /** Unless one of them has gone meanwhile. */
    private static void write(Handle handle, UUID set, UUID other, Shared counted) {
        handle.createUpdate("""
                        insert into overlap (puzzle_set_id, other_id, task_count, first_tasks)
                        select s.id, o.id, :count, :tasks from puzzle_set s, puzzle_set o where s.id = :set and o.id = :other
                        for key share""")
                .bind("set", set)
                .bind("other", other)
                .bind("count", counted.taskCount())
                .bindArray("tasks", Integer.class, counted.firstTasks())
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

    /** By the names of the others; of those that were compared, the ones that share something. */
    public static List<Counted> of(Handle handle, String set) {
        return handle.createQuery("""
                        select o.name as other, p.task_count is not null as counted, coalesce(p.task_count, 0) as task_count,
                          coalesce(p.first_tasks, '{}') as first_tasks
                        from puzzle_set s join puzzle_set o on o.kind = s.kind and o.id <> s.id
                        left join overlap p on p.puzzle_set_id = s.id and p.other_id = o.id
                        where s.name = :set and (p.task_count is not null or not (s.compared and o.compared))
                        order by o.name""").bind("set", set).mapTo(Counted.class).list();
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
