package dev.trmarena.db.board;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The solvers that there are and were. */
public final class ReadSolvers {
    private static final String SELECT = """
            select lives(s, now()) as alive, name, device, seen_at, started_at,
                   units_solved, examples_solved, evaluation_id, idx, steps
            from solver s
            """;

    private ReadSolvers() {}

    /** Those heard of within a day, those that live first. */
    public static List<SolverView> recent(Handle handle) {
        return handle.createQuery(SELECT + """
                        where seen_at > now() - interval '1 day' order by alive desc, name limit 1000""").map(ReadSolvers::view).list();
    }

    /** Those that live and have a unit. */
    static List<SolverView> atWork(Handle handle) {
        return handle.createQuery(SELECT + "where lives(s, now()) and evaluation_id is not null order by name")
                .map(ReadSolvers::view)
                .list();
    }

    /** How many live. */
    public static int living(Handle handle) {
        return handle.createQuery("select count(*) from solver s where lives(s, now())")
                .mapTo(Integer.class)
                .one();
    }

    private static SolverView view(ResultSet row, StatementContext context) throws SQLException {
        return new SolverView(
                row.getString("name"),
                row.getString("device"),
                row.getBoolean("alive"),
                row.getTimestamp("seen_at").toInstant(),
                row.getTimestamp("started_at").toInstant(),
                row.getLong("units_solved"),
                row.getLong("examples_solved"),
                row.getObject("evaluation_id", UUID.class),
                row.getObject("idx", Integer.class),
                row.getObject("steps", Integer.class));
    }
}
