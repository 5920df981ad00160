package dev.trmarena.db.record;

import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Grids that no answer names any more. A grid is shared by all answers that are equal, and whoever writes an answer looks for its
 * grid and writes its name in one transaction, without a lock on the row (decision 65). So that no grid vanishes in between, that
 * transaction and the one that deletes exclude each other, for as long as a few thousand rows take.
 */
public final class UnusedGrids {
    /** Held shared by whoever writes answers, alone by whoever deletes grids: a number of its own among advisory locks. */
    private static final long LOCK = 6_603_121_044_118L;

    private static final int CHUNK = 5_000;

    private UnusedGrids() {}

    /** Until the end of the transaction no grid is deleted. */
    public static void keep(Handle handle) {
        handle.createQuery("select 1 from (select pg_advisory_xact_lock_shared(:lock)) as held")
                .bind("lock", LOCK)
                .mapTo(Integer.class)
                .one();
    }

    /** Until the end of the transaction nobody writes answers. */
    private static void keepAlone(Handle handle) {
        handle.createQuery("select 1 from (select pg_advisory_xact_lock(:lock)) as held")
                .bind("lock", LOCK)
                .mapTo(Integer.class)
                .one();
    }

    /**
     * Looks through all answers, which takes seconds a million, and deletes what none of them names.
     *
     * @param getsOn called between the pieces
     * @return how many grids are gone
     */
    public static int delete(Jdbi jdbi, Runnable getsOn) {
        String[] began = {""};
        List<byte[]> unused = jdbi.inTransaction(handle -> {
            began[0] = handle.createQuery("select cast(clock_timestamp() as text)")
                    .mapTo(String.class)
                    .one();
            return handle.createQuery("""
                            select digest from grid except (
                              select grid_digest from prediction union all
                              select grid_digest from candidate union all
                              select grid_digest from replay_frame)""").mapTo(byte[].class).list();
        });
        int chunks = (unused.size() + CHUNK - 1) / CHUNK;
        return IntStream.range(0, chunks)
                .map(chunk -> {
                    getsOn.run();
                    List<byte[]> some = unused.subList(chunk * CHUNK, Math.min(unused.size(), (chunk + 1) * CHUNK));
                    return jdbi.inTransaction(handle -> delete(handle, some, began[0]));
                })
                .sum();
    }

    /**
     * Since the look, only evaluations that were not over then can have been given answers with these grids, step replays that were asked
     * for, and answers of other systems that came meanwhile.
     */
    private static int delete(Handle handle, List<byte[]> digests, String began) {
        keepAlone(handle);
        return handle.createUpdate("""
                        delete from grid g where g.digest = any(:digests)
                          and not exists (select 1 from replay_frame f where f.grid_digest = g.digest)
                          and g.digest not in (
                            select c.grid_digest from evaluation e join candidate c on c.evaluation_id = e.id
                            where e.checkpoint_id is null
                              and e.finished_at > cast(:began as timestamptz) - interval '1 minute')
                          and not exists (
                            select 1 from prediction p join evaluation e on e.id = p.evaluation_id
                            where p.grid_digest = g.digest
                              and (not e.is_over or e.finished_at > cast(:began as timestamptz) - interval '1 minute'))""")
                .bindArray("digests", byte[].class, digests.toArray())
                .bind("began", began)
                .execute();
    }
}
