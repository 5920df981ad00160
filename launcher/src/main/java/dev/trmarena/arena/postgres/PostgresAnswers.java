package dev.trmarena.arena.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Asks a server something over a connection of its own. */
public final class PostgresAnswers {
    private static final int PATIENCE_SECONDS = 4;

    /** Connection exceptions; whatever else it says, it says something: that it starts, that it is full. */
    private static final String NO_CONNECTION = "08";

    private PostgresAnswers() {}

    /** Returns when it answers, and be it a refusal. */
    public static void ask(PostgresCluster cluster, int port) throws SQLException, IOException {
        try (Connection connection = AwaitPostgres.connect(cluster, port, PATIENCE_SECONDS, PATIENCE_SECONDS);
                var statement = connection.createStatement()) {
            statement.execute("select 1");
        } catch (SQLException e) {
            if (e.getSQLState() == null || e.getSQLState().startsWith(NO_CONNECTION)) {
                throw e;
            }
        }
    }
}
