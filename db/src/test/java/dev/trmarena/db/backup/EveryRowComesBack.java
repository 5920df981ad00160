package dev.trmarena.db.backup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.db.Database;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.puzzles.build.BuildProgress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a database held at one moment is what another one holds after a backup and a restore, or neither of both succeeds. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryRowComesBack {
    @TempDir
    Path folder;

    private final Jdbi jdbi = TestPostgres.migrated();

    @BeforeEach
    void rows() throws Exception {
        try (var rows = EveryRowComesBack.class.getResourceAsStream("rows-of-every-table.sql")) {
            String sql = new String(requireNonNull(rows).readAllBytes(), StandardCharsets.UTF_8);
            jdbi.useHandle(handle -> handle.createScript(sql).execute());
        }
    }

    @Test
    void of_every_table_as_it_was() throws Exception {
        Map<String, List<String>> before = SmallBackup.rows(jdbi);
        assertThat(before.values().stream().filter(rows -> !rows.isEmpty()))
                .as("tables with rows")
                .hasSizeGreaterThanOrEqualTo(24);
        BackupManifest manifest = SmallBackup.save(jdbi, folder, BuildProgress.SILENT);
        assertThat(manifest.artifacts())
                .extracting(BackupManifest.SavedArtifact::sha256)
                .as("what an upload alone names is sent again")
                .containsExactly("ab".repeat(32));

        DataSource there = SmallBackup.empty();
        Migrations.migrate(there, manifest.schema());
        Jdbi restored = Database.jdbi(there);
        var restore = SmallBackup.restorer(folder);
        assertThat(restore.damages()).isEmpty();
        try (var handle = restored.open()) {
            handle.begin();
            restore.rows(handle);
            handle.commit();
        }
        assertThat(SmallBackup.rows(restored)).isEqualTo(before);
    }

    @Test
    void and_the_numbers_go_on_behind_those_that_were_given() throws Exception {
        long last = newNumber(jdbi);
        SmallBackup.save(jdbi, folder, BuildProgress.SILENT);
        assertThat(newNumber(SmallBackup.restored(folder))).isEqualTo(last + 1);
    }

    private static long newNumber(Jdbi database) {
        return database.withHandle(handle -> handle.createQuery(
                        "insert into evaluation_event (evaluation_id, event) select id, 'paused' from evaluation limit 1 returning id")
                .mapTo(Long.class)
                .one());
    }

    /** What is written while the backup goes on is in none of its tables: it shows one moment. */
    @Test
    void of_one_moment() throws Exception {
        Map<String, List<String>> before = SmallBackup.rows(jdbi);
        var written = new AtomicInteger();
        SmallBackup.save(
                jdbi,
                folder,
                (stage, fraction, text) -> jdbi.useHandle(handle -> handle.execute(
                        "insert into grid values (cast(? as bytea), 1, 1, '\\x00')",
                        String.valueOf(written.incrementAndGet()))));
        assertThat(written.get()).isGreaterThan(20);
        Jdbi restored = SmallBackup.restored(folder);
        assertThat(SmallBackup.rows(restored).get("grid")).isEqualTo(before.get("grid"));
    }

    @Test
    void and_goes_on_to_the_newest_schema_when_it_is_of_an_older_one() throws Exception {
        DataSource old = SmallBackup.empty();
        Flyway.configure().dataSource(old).target("16").load().migrate();
        Database.jdbi(old).useHandle(handle -> handle.execute("insert into grid values ('\\x01', 1, 1, '\\x05')"));
        SmallBackup.save(Database.jdbi(old), folder, BuildProgress.SILENT);
        Jdbi restored = SmallBackup.restored(folder);
        assertThat(SmallBackup.rows(restored))
                .containsOnlyKeys(SmallBackup.rows(jdbi).keySet());
        assertThat(SmallBackup.rows(restored).get("grid")).hasSize(1);
    }

    @Test
    void unless_a_file_is_damaged_or_missing_which_is_named() throws Exception {
        BackupManifest manifest = SmallBackup.save(jdbi, folder, BuildProgress.SILENT);
        Path grids = folder.resolve(fileOf(manifest, "grid"));
        byte[] bytes = Files.readAllBytes(grids);
        bytes[bytes.length / 2] ^= 1;
        Files.write(grids, bytes);
        Files.delete(folder.resolve(fileOf(manifest, "score")));
        assertThat(SmallBackup.restorer(folder).damages())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(fileOf(manifest, "grid")) && line.contains("SHA-256"))
                .anyMatch(line -> line.startsWith(fileOf(manifest, "score")) && line.contains("missing"));
    }

    private static String fileOf(BackupManifest manifest, String table) {
        return manifest.tables().stream()
                .filter(each -> each.name().equals(table))
                .findFirst()
                .orElseThrow()
                .file();
    }

    @Test
    void unless_the_list_itself_is_damaged() throws Exception {
        SmallBackup.save(jdbi, folder, BuildProgress.SILENT);
        Path file = BackupManifest.file(folder);
        Files.writeString(file, Files.readString(file).replaceFirst("\"value\" : \\d+", "\"value\" : 1000000"));
        assertThatThrownBy(() -> BackupManifest.read(folder))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("damaged");
        Files.writeString(file, "{");
        assertThatThrownBy(() -> BackupManifest.read(folder)).isInstanceOf(BackupProblem.class);
        Files.delete(file);
        assertThatThrownBy(() -> BackupManifest.read(folder)).hasMessageContaining("holds no backup");
    }

    /** A file that is read while somebody writes it: all or nothing is there. */
    @Test
    void all_of_them_or_none() throws Exception {
        BackupManifest manifest = SmallBackup.save(jdbi, folder, BuildProgress.SILENT);
        Path last = folder.resolve(
                manifest.tables().get(manifest.tables().size() - 1).file());
        Files.write(last, new byte[] {1, 2, 3});
        DataSource there = SmallBackup.empty();
        assertThatThrownBy(() -> SmallBackup.restorer(folder).restore(there)).isInstanceOf(Exception.class);
        assertThat(SmallBackup.rows(Database.jdbi(there)).values()).allMatch(List::isEmpty);
        SmallBackup.restorer(folder).requireRoom(there);
    }

    @Test
    void into_no_database_that_holds_something() throws Exception {
        SmallBackup.save(jdbi, folder, BuildProgress.SILENT);
        DataSource used = SmallBackup.empty();
        SmallBackup.restorer(folder).restore(used);
        assertThatThrownBy(() -> SmallBackup.restorer(folder).requireRoom(used))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("evaluation");
        DataSource foreign = SmallBackup.empty();
        Database.jdbi(foreign).useHandle(handle -> handle.execute("create table customers (id int)"));
        assertThatThrownBy(() -> SmallBackup.restorer(folder).requireRoom(foreign))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("customers");
    }

    @Test
    void but_not_of_a_schema_that_this_build_does_not_know() throws Exception {
        BackupManifest manifest = SmallBackup.save(jdbi, folder, BuildProgress.SILENT);
        var newer = new BackupManifest(
                manifest.format(),
                manifest.takenAt(),
                "9999",
                manifest.tables(),
                manifest.sequences(),
                manifest.artifacts());
        Files.writeString(BackupManifest.file(folder), newer.text());
        DataSource there = SmallBackup.empty();
        assertThatThrownBy(() -> SmallBackup.restorer(folder).requireRoom(there))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("9999");
    }

    @Test
    void nor_is_a_file_read_that_lies_elsewhere() throws Exception {
        BackupManifest manifest = SmallBackup.save(jdbi, folder, BuildProgress.SILENT);
        var first = manifest.tables().get(0);
        var tables = List.of(new BackupManifest.SavedTable(
                first.name(), first.columns(), first.rows(), "../../etc/passwd", first.bytes(), first.sha256()));
        var hostile = new BackupManifest(
                manifest.format(),
                manifest.takenAt(),
                manifest.schema(),
                tables,
                manifest.sequences(),
                manifest.artifacts());
        assertThatThrownBy(() -> new RestoreTables(folder, hostile, BuildProgress.SILENT).damages())
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("outside");
    }
}
