package dev.trmarena.arena.command;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.postgres.PostgresCluster;
import dev.trmarena.arena.up.LocalDatabase;
import dev.trmarena.arena.up.Progress;
import dev.trmarena.db.backup.BackupProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/**
 * Which database and which artifacts: of a data folder on this machine, or of a platform elsewhere, by the settings that its services
 * have.
 */
public final class PlatformData {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder (default: .arena in the project, unless ARENA_DB_URL names a database).")
    @Nullable
    Path folder;

    /** Something that is done with both. */
    @FunctionalInterface
    interface Work<T> {
        T with(DataSource database, Path artifacts) throws IOException, SQLException;
    }

    /** With those of a platform, running or not. */
    <T> T existing(Work<T> work) throws IOException, InterruptedException {
        if (isElsewhere()) {
            return elsewhere(work);
        }
        try (LocalDatabase local = LocalDatabase.open(UpCommand.project(), folder(), progress())) {
            return work(work, local);
        }
    }

    /** With new ones; what is not brought to its end leaves nothing in the data folder. */
    <T> T created(Work<T> work) throws IOException, InterruptedException {
        if (isElsewhere()) {
            return elsewhere(work);
        }
        try (LocalDatabase local = LocalDatabase.create(UpCommand.project(), folder(), progress())) {
            T result = work(work, local);
            local.restored();
            return result;
        }
    }

    /** What it is called: the folder, or the database. */
    String name() {
        return isElsewhere() ? setting("ARENA_DB_URL") : folder().toString();
    }

    boolean isElsewhere() {
        return folder == null && !setting("ARENA_DB_URL").isEmpty();
    }

    private Path folder() {
        Path given = folder;
        return given == null
                ? UpCommand.project().resolve(".arena")
                : given.toAbsolutePath().normalize();
    }

    private static Progress progress() {
        return new Progress(System.err);
    }

    private static <T> T work(Work<T> work, LocalDatabase local) throws IOException {
        return tell(work, source(local.url(), PostgresCluster.USER, local.password()), local.artifacts());
    }

    private static <T> T elsewhere(Work<T> work) throws IOException {
        String artifacts = setting("ARENA_ARTIFACTS");
        if (artifacts.isEmpty()) {
            throw new ArenaProblem(
                    "ARENA_DB_URL names a database, and nothing says where its artifacts are",
                    "set ARENA_ARTIFACTS to the folder of its artifact store, or name a data folder with --data");
        }
        String user = setting("ARENA_DB_USER");
        return tell(
                work,
                source(
                        setting("ARENA_DB_URL"),
                        user.isEmpty() ? PostgresCluster.USER : user,
                        setting("ARENA_DB_PASSWORD")),
                Path.of(artifacts));
    }

    private static String setting(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value.strip();
    }

    private static DataSource source(String url, String user, String password) {
        var source = new PGSimpleDataSource();
        try {
            source.setUrl(url);
        } catch (IllegalArgumentException e) {
            var problem = new ArenaProblem(
                    "ARENA_DB_URL is no address of a Postgres", "write it like jdbc:postgresql://host:5432/arena");
            problem.initCause(e);
            throw problem;
        }
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("arena");
        source.setConnectTimeout(10);
        source.setTcpKeepAlive(true);
        return source;
    }

    /** What the database and the backup say, in the words of this command line. */
    private static <T> T tell(Work<T> work, DataSource database, Path artifacts) throws IOException {
        try {
            return work.with(database, artifacts);
        } catch (BackupProblem e) {
            throw problem(e);
        } catch (SQLException | JdbiException | FlywayException e) {
            Throwable cause = e;
            while (cause.getCause() != null && !(cause instanceof SQLException)) {
                cause = cause.getCause();
            }
            var problem = new ArenaProblem(
                    "the database refuses",
                    null,
                    null,
                    String.valueOf(cause.getMessage()),
                    "look whether it runs and has room, and what ARENA_DB_URL, ARENA_DB_USER and ARENA_DB_PASSWORD say");
            problem.initCause(e);
            throw problem;
        }
    }

    static ArenaProblem problem(BackupProblem said) {
        var problem = new ArenaProblem(String.valueOf(said.getMessage()), said.file(), null, null, said.remedy());
        problem.initCause(said);
        return problem;
    }
}
