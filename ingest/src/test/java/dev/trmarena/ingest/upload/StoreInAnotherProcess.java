package dev.trmarena.ingest.upload;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.Database;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Stores a file with the row that names it, as an ingest process does, and stops on the way: it says {@code written}, {@code
 * renamed} and {@code committed}, and waits for a line after each, or to be killed.
 */
public final class StoreInAnotherProcess {
    private static final BufferedReader IN =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private StoreInAnotherProcess() {}

    /** @param args folder of the store, URL of the database, the content, which is also the name of the puzzle set */
    public static void main(String[] args) throws IOException {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(args[1]);
        dataSource.setUser("postgres");
        Jdbi jdbi = Database.jdbi(dataSource);
        var store = new ArtifactStore(Path.of(args[0]));
        var storeFiles = new StoreFiles(store, jdbi, new DiscardArtifacts(store, jdbi));
        try (var batch = storeFiles.begin()) {
            String digest = batch.put(args[2].getBytes(StandardCharsets.UTF_8));
            stop("written");
            batch.commit(handle -> {
                stop("renamed");
                return PuzzleSets.insert(
                        handle,
                        new PuzzleSetRow(UUID.randomUUID(), args[2], "sequence", digest, 1, 1, 1, 1, 1),
                        batch.digests());
            });
            stop("committed");
        }
    }

    private static void stop(String where) {
        System.out.println(where);
        try {
            IN.readLine();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the process; it reads lines and says where it is */
    public static Process start(Path store, String databaseUrl, String content) throws IOException {
        return AnotherProcess.start(StoreInAnotherProcess.class, store.toString(), databaseUrl, content);
    }
}
