package dev.trmarena.db.backup;

import dev.trmarena.db.Database;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.puzzles.build.BuildProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/** Tables in a folder, and databases to bring them to. */
final class SmallBackup {
    private SmallBackup() {}

    /** A database without a table. */
    static DataSource empty() {
        var database = new PGSimpleDataSource();
        database.setUrl(TestPostgres.emptyUrl());
        database.setUser("postgres");
        return database;
    }

    static BackupManifest save(Jdbi jdbi, Path folder, BuildProgress progress) throws IOException, SQLException {
        Files.createDirectory(folder.resolve("tables"));
        var saved = new SaveTables(folder, "tables", progress).save(jdbi);
        var manifest = new BackupManifest(
                BackupManifest.FORMAT,
                saved.takenAt(),
                saved.schema(),
                saved.tables(),
                saved.sequences(),
                saved.artifacts().stream()
                        .map(digest -> new BackupManifest.SavedArtifact(digest, 1))
                        .toList());
        Files.writeString(BackupManifest.file(folder), manifest.text());
        return manifest;
    }

    static RestoreTables restorer(Path folder) throws IOException {
        return new RestoreTables(folder, BackupManifest.read(folder), BuildProgress.SILENT);
    }

    /** As {@code ./arena restore} does it. */
    static Jdbi restored(Path folder) throws IOException, SQLException {
        DataSource database = empty();
        restorer(folder).requireRoom(database);
        restorer(folder).restore(database);
        return Database.jdbi(database);
    }

    /** Each row of each table as Postgres writes it, in a fixed order. */
    static Map<String, List<String>> rows(Jdbi jdbi) {
        return jdbi.withHandle(handle -> {
            Map<String, List<String>> rows = new TreeMap<>();
            for (SchemaTable table : SchemaTable.all(handle)) {
                rows.put(
                        table.name(),
                        handle.createQuery("select t::text from " + SchemaTable.quoted(table.name()) + " t order by 1")
                                .mapTo(String.class)
                                .list());
            }
            return rows;
        });
    }
}
