package dev.trmarena.arena.postgres;

import dev.trmarena.arena.ArenaProblem;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.BooleanSupplier;

/** Waits until a cluster answers and makes sure that it has the platform's database. */
public final class AwaitPostgres {
    private static final long PAUSE_MILLIS = 50;
    private static final String DUPLICATE_DATABASE = "42P04";

    private AwaitPostgres() {}

    /**
     * @param stillHoping asked between tries: false when the server's process has ended for good
     * @throws ArenaProblem when it does not answer in that time
     */
    public static void database(PostgresCluster cluster, int port, Duration patience, BooleanSupplier stillHoping)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try (Connection connection = connect(cluster, port, 2, 20)) {
                createDatabase(connection);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline || !stillHoping.getAsBoolean()) {
                    var problem = new ArenaProblem(
                            "Postgres does not answer on 127.0.0.1:" + port,
                            null,
                            null,
                            String.valueOf(e.getMessage()),
                            "its log is logs/postgres.log in the data folder");
                    problem.initCause(e);
                    throw problem;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** To the database that is always there; both times in seconds. */
    static Connection connect(PostgresCluster cluster, int port, int connectTimeout, int socketTimeout)
            throws SQLException, IOException {
        var properties = new Properties();
        properties.setProperty("user", PostgresCluster.USER);
        properties.setProperty("password", cluster.password());
        properties.setProperty("connectTimeout", String.valueOf(connectTimeout));
        properties.setProperty("socketTimeout", String.valueOf(socketTimeout));
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
    }

    private static void createDatabase(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            var found = statement.executeQuery(
                    "select 1 from pg_database where datname = '" + PostgresCluster.DATABASE + "'");
            if (found.next()) {
                return;
            }
            statement.execute("create database " + PostgresCluster.DATABASE);
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
