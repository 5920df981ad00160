package dev.trmarena.db.backup;

import dev.trmarena.db.backup.BackupManifest.SavedSequence;
import dev.trmarena.db.backup.BackupManifest.SavedTable;
import dev.trmarena.db.plan.ArtifactUses;
import dev.trmarena.puzzles.build.BuildProgress;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.postgresql.PGConnection;

/**
 * Writes every table of the schema as it was at one moment, while the platform goes on. Memory does not depend on the number of
 * rows.
 */
public final class SaveTables {
    private static final int BUFFER = 1 << 16;

    private final Path backup;
    private final String folder;
    private final BuildProgress progress;

    /**
     * @param backup the folder of the backup
     * @param folder a folder in it that is there and empty, by its name
     */
    public SaveTables(Path backup, String folder, BuildProgress progress) {
        this.backup = backup;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * What stood in the database at one moment.
     *
     * @param artifacts digests of those that the rows cannot do without
     */
    public record Saved(
            String takenAt,
            String schema,
            List<SavedTable> tables,
            List<SavedSequence> sequences,
            SortedSet<String> artifacts) {}

    /** @throws BackupProblem when there is no platform in this database */
    public Saved save(Jdbi jdbi) throws IOException, SQLException {
        try (Handle handle = jdbi.open()) {
            Set<String> before = names(SchemaTable.all(handle));
            String schema = Migrations.version(handle)
                    .orElseThrow(() -> new BackupProblem(
                            "this database holds no platform", null, "look at what ARENA_DB_URL or --data says"));
            handle.setTransactionIsolationLevel(TransactionIsolationLevel.REPEATABLE_READ);
            handle.begin();
            handle.execute("set transaction read only");
            // Before the first look at anything, which is the moment that the transaction then sees: a migration that
            // goes on is
            // waited for, and none begins until all is written.
            handle.execute("lock table " + SchemaTable.HISTORY + " in share mode");
            for (String table : before) {
                handle.execute("lock table " + SchemaTable.quoted(table) + " in access share mode");
            }
            List<SchemaTable> tables = SchemaTable.all(handle);
            if (!names(tables).equals(before) || !Migrations.version(handle).equals(Optional.of(schema))) {
                throw new BackupProblem("the platform was upgraded just now", null, "run the backup again");
            }
            var saved = new Saved(
                    takenAt(handle),
                    schema,
                    write(handle, tables),
                    // The next number of a sequence belongs to no transaction: read last, it is behind all that was
                    // written.
                    sequences(handle),
                    new TreeSet<>(ArtifactUses.held(handle)));
            handle.rollback();
            return saved;
        }
    }

    private static Set<String> names(List<SchemaTable> tables) {
        return tables.stream().map(SchemaTable::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String takenAt(Handle handle) {
        return handle.createQuery("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
                .mapTo(String.class)
                .one();
    }

    private List<SavedTable> write(Handle handle, List<SchemaTable> tables) throws IOException, SQLException {
        List<Long> sizes = tables.stream().map(table -> size(handle, table)).toList();
        long all = Math.max(1, sizes.stream().mapToLong(Long::longValue).sum());
        long before = 0;
        List<SavedTable> saved = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            SchemaTable table = tables.get(i);
            progress.at("tables", before / (double) all, table.name());
            saved.add(write(handle, table, i, new Part(before, sizes.get(i), all)));
            before += sizes.get(i);
        }
        progress.at("tables", 1, tables.size() + " tables");
        return saved;
    }

    /** Where a table lies in the work, in bytes on the disk of the database, which only roughly are those that it is written as. */
    private record Part(long begin, long length, long all) {
        double at(long written) {
            return (begin + Math.min(length, written)) / (double) all;
        }
    }

    private static long size(Handle handle, SchemaTable table) {
        return handle.createQuery("select pg_table_size(cast(:table as regclass))")
                .bind("table", SchemaTable.quoted(table.name()))
                .mapTo(Long.class)
                .one();
    }

    private SavedTable write(Handle handle, SchemaTable table, int number, Part part) throws IOException, SQLException {
        String file = String.format(Locale.ROOT, "%s/%02d-%s.copy.gz", folder, number, table.name());
        MessageDigest sha = DigestUtils.getSha256Digest();
        long rows;
        long bytes;
        try (FileChannel channel = FileChannel.open(
                backup.resolve(file),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            var digested = new DigestOutputStream(Channels.newOutputStream(channel), sha);
            var zipped = new GZIPOutputStream(digested, BUFFER);
            rows = handle.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy " + table.quoted() + " to stdout", new Counted(zipped, part, table.name()));
            zipped.finish();
            digested.flush();
            channel.force(true);
            bytes = channel.size();
        }
        return new SavedTable(table.name(), table.columns(), rows, file, bytes, Hex.encodeHexString(sha.digest()));
    }

    /** Tells how far it is. */
    private final class Counted extends FilterOutputStream {
        private final Part part;
        private final String table;
        private long written;

        Counted(OutputStream out, Part part, String table) {
            super(out);
            this.part = part;
            this.table = table;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            long millions = written >> 20;
            written += length;
            if (written >> 20 != millions) {
                progress.at("tables", part.at(written), table + ", " + (written >> 20) + " MB");
            }
        }
    }

    private static List<SavedSequence> sequences(Handle handle) {
        List<String> names = handle.createQuery("""
                        select relname from pg_class
                        where relnamespace = current_schema()::regnamespace and relkind = 'S' order by relname""").mapTo(String.class).list();
        return names.stream()
                .map(name -> handle.createQuery("select last_value, is_called from " + SchemaTable.quoted(name))
                        .map((row, context) ->
                                new SavedSequence(name, row.getLong("last_value"), row.getBoolean("is_called")))
                        .one())
                .toList();
    }
}
