package dev.trmarena.arena.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trmarena.arena.postgres.AwaitPostgres;
import dev.trmarena.arena.postgres.PostgresBinaries;
import dev.trmarena.arena.postgres.PostgresCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded Postgres: durable, closed to strangers, and never in the way of the next start. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresKeepsItsRows {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void over_a_killed_keeper_and_over_a_restart() throws Exception {
        PostgresCluster cluster =
                new PostgresCluster(folder.resolve("postgres"), PostgresBinaries.in(PostgresBinaries.defaultCache()));
        int port = Ports.free(1).get(0);
        try (var running = new Running(folder)) {
            cluster.initialise();
            Child postgres = running.children.start(running.programs.postgres(cluster, port));
            AwaitPostgres.database(cluster, port, PATIENCE, () -> true);
            execute(cluster, port, "create table kept as select 42 as answer");
            assertThat(setting(cluster, port, "fsync")).isEqualTo("on");
            assertThat(setting(cluster, port, "synchronous_commit")).isEqualTo("on");
            assertThatThrownBy(() -> DriverManager.getConnection(cluster.url(port), PostgresCluster.USER, "guessed"))
                    .isInstanceOf(SQLException.class);

            // The server is orphaned: the next start must find and end it, or the folder stays locked.
            Process keeper = Objects.requireNonNull(postgres.process());
            ProcessHandle orphan = serverOf(folder.resolve("postgres"));
            keeper.destroyForcibly();
            await().atMost(PATIENCE).until(() -> postgres.process() != keeper);
            AwaitPostgres.database(cluster, port, PATIENCE, () -> true);
            await("the orphan is gone").atMost(PATIENCE).until(() -> !orphan.isAlive());
            assertThat(answer(cluster, port)).isEqualTo(42);
        }
        assertThat(folder.resolve("postgres/postmaster.pid"))
                .as("it ended cleanly")
                .doesNotExist();

        // After a power cut the lock names a process id that by now is somebody else's: ours.
        Files.writeString(
                folder.resolve("postgres/postmaster.pid"),
                ProcessHandle.current().pid() + "\n");
        try (var running = new Running(folder)) {
            running.children.start(running.programs.postgres(cluster, port));
            AwaitPostgres.database(cluster, port, PATIENCE, () -> true);
            assertThat(answer(cluster, port)).isEqualTo(42);
        }
    }

    private static ProcessHandle serverOf(Path postgres) throws Exception {
        String pid =
                Files.readAllLines(postgres.resolve("postmaster.pid")).get(0).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static Connection connect(PostgresCluster cluster, int port) throws Exception {
        return DriverManager.getConnection(cluster.url(port), PostgresCluster.USER, cluster.password());
    }

    private static void execute(PostgresCluster cluster, int port, String sql) throws Exception {
        try (var connection = connect(cluster, port);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int answer(PostgresCluster cluster, int port) throws Exception {
        try (var connection = connect(cluster, port);
                var rows = connection.createStatement().executeQuery("select answer from kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String setting(PostgresCluster cluster, int port, String name) throws Exception {
        try (var connection = connect(cluster, port);
                var rows = connection.createStatement().executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
