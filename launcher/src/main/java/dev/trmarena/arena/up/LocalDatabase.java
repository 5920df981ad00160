package dev.trmarena.arena.up;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.postgres.AwaitPostgres;
import dev.trmarena.arena.postgres.PostgresBinaries;
import dev.trmarena.arena.postgres.PostgresCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The database and the artifacts of a data folder: those of a platform that runs, or a database that is started for this alone. */
public final class LocalDatabase implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresCluster cluster;
    private final Path artifacts;
    private final int port;
    private final @Nullable Alone alone;
    private boolean unfinished;

    private LocalDatabase(PostgresCluster cluster, Path artifacts, int port, @Nullable Alone alone) {
        this.cluster = cluster;
        this.artifacts = artifacts;
        this.port = port;
        this.alone = alone;
    }

    /** A folder that this process holds, and the database that it started. */
    private record Alone(DataFolder data, Children children) {}

    /**
     * That of a platform that is there, whether it runs or not.
     *
     * @param project the folder of the project, with its modules built
     * @throws ArenaProblem when there is none
     */
    public static LocalDatabase open(Path project, Path folder, Progress progress)
            throws IOException, InterruptedException {
        Path root = folder.toAbsolutePath().normalize();
        if (!Files.exists(root.resolve("postgres").resolve("PG_VERSION"))) {
            throw new ArenaProblem(
                    "there is no platform in this folder",
                    root.toString(),
                    null,
                    null,
                    "name its data folder with --data, or one elsewhere with ARENA_DB_URL");
        }
        DataFolder data = DataFolder.holdUnlessInUse(root);
        if (data == null) {
            DataFolder.requireWhole(root);
            var cluster = cluster(root.resolve("postgres"));
            return new LocalDatabase(cluster, root.resolve("artifacts"), cluster.servedPort(), null);
        }
        try {
            data.requireWhole();
            return start(project, data, progress);
        } catch (IOException | InterruptedException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /**
     * A new one for what is restored; unless {@link #restored} is called, closing it leaves nothing in the folder.
     *
     * @throws ArenaProblem when the folder holds a platform
     */
    public static LocalDatabase create(Path project, Path folder, Progress progress)
            throws IOException, InterruptedException {
        DataFolder data = DataFolder.hold(folder);
        boolean begun = false;
        try {
            data.beginRestore();
            begun = true;
            LocalDatabase created = start(project, data, progress);
            created.unfinished = true;
            return created;
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (begun) {
                data.empty();
            }
            data.close();
            throw e;
        }
    }

    private static LocalDatabase start(Path project, DataFolder data, Progress progress)
            throws IOException, InterruptedException {
        data.announce("");
        Children.awaitLeftovers(data.children(), progress);
        PostgresCluster.freeFolder(data.postgres());
        var cluster = cluster(data.postgres());
        cluster.initialise();
        int port = Ports.free(1).get(0);
        var children = new Children(data.children(), progress);
        Child postgres = children.start(new Programs(project, data).postgres(cluster, port));
        try {
            AwaitPostgres.database(cluster, port, PATIENCE, () -> {
                postgres.throwIfHopeless();
                return true;
            });
        } catch (IOException | InterruptedException | RuntimeException e) {
            stop(children);
            throw e;
        }
        return new LocalDatabase(cluster, data.artifacts(), port, new Alone(data, children));
    }

    private static PostgresCluster cluster(Path folder) throws IOException {
        return new PostgresCluster(folder, PostgresBinaries.in(PostgresBinaries.defaultCache()));
    }

    private static void stop(Children children) throws InterruptedException {
        children.stop(List.of(children.named("postgres")));
    }

    /** JDBC URL. */
    public String url() {
        return cluster.url(port);
    }

    /** Never printed. */
    public String password() throws IOException {
        return cluster.password();
    }

    /** The folder of the store. */
    public Path artifacts() {
        return artifacts;
    }

    /** Everything is there: the folder is a platform from now on. */
    public void restored() throws IOException {
        if (alone == null) {
            throw new IllegalStateException("only what was created is restored");
        }
        alone.data().restored();
        unfinished = false;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (alone == null) {
            return;
        }
        try (DataFolder data = alone.data()) {
            stop(alone.children());
            if (unfinished) {
                data.empty();
            }
        }
    }
}
