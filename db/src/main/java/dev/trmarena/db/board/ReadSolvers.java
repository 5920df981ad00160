package dev.trmarena.db.board;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The solvers that there are and were. */
public final class ReadSolvers {
    private static final String SELECT = """
            select name, device, memory_bytes, lives(s, now()) as alive, seen_at as heartbeat_at, started_at,
                   units_solved, examples_solved, evaluation_id as evaluation, idx as unit, steps
            from solver s
            """;

    private ReadSolvers() {}

    /** Those heard of within a day, those that live first. */
    public static List<SolverView> recent(Handle handle) {
        return handle.createQuery(SELECT + """
                        where seen_at > now() - interval '1 day' order by alive desc, name limit 1000""").mapTo(SolverView.class).list();
    }

    /** Those that live and have a unit. */
    static List<SolverView> atWork(Handle handle) {
        return handle.createQuery(SELECT + "where lives(s, now()) and evaluation_id is not null order by name")
                .mapTo(SolverView.class)
                .list();
    }

    /** Bytes that a network may take where the largest runs it of those that live; empty while none says so. */
    public static Optional<Long> largestMemory(Handle handle) {
        return handle.createQuery("select max(memory_bytes) from solver s where lives(s, now())")
                .mapTo(Long.class)
                .findOne();
    }

    /** How many live. */
    public static int living(Handle handle) {
        return handle.createQuery("select count(*) from solver s where lives(s, now())")
                .mapTo(Integer.class)
                .one();
    }
}
