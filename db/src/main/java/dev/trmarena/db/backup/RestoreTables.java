package dev.trmarena.db.backup;

import dev.trmarena.db.Database;
import dev.trmarena.db.backup.BackupManifest.SavedSequence;
import dev.trmarena.db.backup.BackupManifest.SavedTable;
import dev.trmarena.puzzles.build.BuildProgress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;

/**
 * Brings the tables of a backup into a database that holds no rows, in one transaction: either all of them are there afterwards,
 * or none.
 */
public final class RestoreTables {
    private static final int BUFFER = 1 << 16;

    private final Path backup;
    private final BackupManifest manifest;
    private final BuildProgress progress;

    /** @param backup the folder of the backup */
    public RestoreTables(Path backup, BackupManifest manifest, BuildProgress progress) {
        this.backup = backup;
        this.manifest = manifest;
        this.progress = progress;
    }

    /**
     * Reads every file.
     *
     * @return what is missing or damaged, a line each; nothing when the files are those that were written
     */
    public List<String> damages() throws IOException {
        List<String> damages = new ArrayList<>();
        long all = Math.max(
                1, manifest.tables().stream().mapToLong(SavedTable::bytes).sum());
        long read = 0;
        for (SavedTable table : manifest.tables()) {
            Path file = file(table);
            if (!Files.isRegularFile(file)) {
                damages.add(table.file() + " is missing");
            } else if (!new DigestUtils(MessageDigestAlgorithms.SHA_256)
                    .digestAsHex(file)
                    .equals(table.sha256())) {
                damages.add(table.file() + " is not what was written: its SHA-256 is another one");
            }
            read += table.bytes();
            progress.at("check tables", read / (double) all, table.name());
        }
        return damages;
    }

    /** The manifest comes from wherever the backup comes from: it names files of the backup, and no others. */
    private Path file(SavedTable table) {
        Path file = backup.resolve(table.file()).normalize();
        if (!file.startsWith(backup.normalize())) {
            throw new BackupProblem(
                    "the backup names a file outside of its folder: " + table.file(),
                    BackupManifest.file(backup).toString(),
                    "do not use this backup");
        }
        return file;
    }

    /**
     * Changes nothing.
     *
     * @throws BackupProblem when a newer build wrote the backup, or the database holds rows or a newer schema
     */
    public void requireRoom(DataSource database) {
        String newest = Migrations.newest(database);
        if (Migrations.compare(manifest.schema(), newest) > 0) {
            throw new BackupProblem(
                    "the backup has schema " + manifest.schema() + ", this build knows those up to " + newest,
                    BackupManifest.file(backup).toString(),
                    "restore it with the build that made it, or a newer one");
        }
        Database.jdbi(database).useHandle(handle -> {
            Optional<String> version = Migrations.version(handle);
            if (version.isPresent() && Migrations.compare(version.get(), manifest.schema()) > 0) {
                throw new BackupProblem(
                        "the database has schema " + version.get() + ", the backup the older " + manifest.schema(),
                        null,
                        "restore into an empty database: it is brought to the newest schema afterwards");
            }
            List<String> filled = SchemaTable.all(handle).stream()
                    .map(SchemaTable::name)
                    .filter(table -> version.isEmpty() || hasRows(handle, table))
                    .toList();
            if (!filled.isEmpty()) {
                throw new BackupProblem(
                        "the database is not empty: it has " + (version.isEmpty() ? "the table " : "rows in ")
                                + String.join(", ", filled),
                        null,
                        "restore into a new database: nothing that is there is overwritten");
            }
        });
    }

    private static boolean hasRows(Handle handle, String table) {
        return handle.createQuery("select exists (select 1 from " + SchemaTable.quoted(table) + ")")
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Call {@link #requireRoom} and {@link #damages} before. Afterwards the database has the newest schema, and what was given out to
     * solvers waits, see {@link ForgetElsewhere}.
     */
    public void restore(DataSource database) throws IOException, SQLException {
        Jdbi jdbi = Database.jdbi(database);
        Migrations.migrate(database, manifest.schema());
        String newest = Migrations.newest(database);
        boolean older = Migrations.compare(manifest.schema(), newest) < 0;
        try (Handle handle = jdbi.open()) {
            handle.begin();
            rows(handle);
            if (!older) {
                ForgetElsewhere.all(handle);
            }
            handle.commit();
        }
        if (older) {
            progress.at("schema", 0, "from " + manifest.schema() + " to " + newest);
            Migrations.migrate(database, newest);
            jdbi.useTransaction(ForgetElsewhere::all);
            progress.at("schema", 1, newest);
        }
        // Or plans are made for empty tables until the database gets round to looking itself.
        jdbi.useHandle(handle -> handle.execute("analyze"));
    }

    /** The rows as they were, and nothing else. Must run in a transaction. */
    void rows(Handle handle) throws IOException, SQLException {
        List<SchemaTable> tables = SchemaTable.all(handle);
        long all = Math.max(
                1, manifest.tables().stream().mapToLong(SavedTable::bytes).sum());
        long done = 0;
        if (tables.size() != manifest.tables().size()) {
            throw otherTables();
        }
        for (SchemaTable table : tables) {
            SavedTable saved = manifest.tables().stream()
                    .filter(each -> each.name().equals(table.name()))
                    .findFirst()
                    .orElseThrow(this::otherTables);
            if (!new TreeSet<>(saved.columns()).equals(new TreeSet<>(table.columns()))) {
                throw otherTables();
            }
            progress.at("rows", done / (double) all, table.name() + ", " + saved.rows() + " rows");
            copyIn(handle, saved);
            done += saved.bytes();
        }
        for (SavedSequence sequence : manifest.sequences()) {
            handle.createQuery("select setval(cast(:name as regclass), :value, :used)")
                    .bind("name", SchemaTable.quoted(sequence.name()))
                    .bind("value", sequence.value())
                    .bind("used", sequence.used())
                    .mapTo(Long.class)
                    .one();
        }
        progress.at("rows", 1, tables.size() + " tables");
    }

    private BackupProblem otherTables() {
        return new BackupProblem(
                "the tables of the backup are not those of schema " + manifest.schema() + " in this build",
                BackupManifest.file(backup).toString(),
                "restore it with the build that made it");
    }

    private void copyIn(Handle handle, SavedTable saved) throws IOException, SQLException {
        String copy = "copy " + new SchemaTable(saved.name(), saved.columns()).quoted() + " from stdin";
        long rows;
        try (InputStream rowsOfFile =
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file(saved)), BUFFER), BUFFER)) {
            rows = handle.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(copy, rowsOfFile, BUFFER);
        }
        if (rows != saved.rows()) {
            throw new BackupProblem(
                    saved.file() + " has " + rows + " rows of " + saved.rows(),
                    file(saved).toString(),
                    "copy the backup here again, or use another one");
        }
    }
}
