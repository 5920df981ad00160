package dev.trmarena.arena.backup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.Database;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.backup.BackupManifest;
import dev.trmarena.db.backup.BackupProblem;
import dev.trmarena.puzzles.build.BuildProgress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The folder of a backup: the artifacts that the rows need and no others, copied once, and at every moment a whole backup or none. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ABackupIsWholeOrNone {
    @TempDir
    Path folder;

    private final DataSource database = migrated();
    private final Jdbi jdbi = Database.jdbi(database);
    private Path artifacts;
    private Path backup;
    private ArtifactStore store;

    @BeforeEach
    void folders() {
        artifacts = folder.resolve("store");
        backup = folder.resolve("of/mine");
        store = new ArtifactStore(artifacts);
    }

    private static DataSource empty() {
        var source = new PGSimpleDataSource();
        source.setUrl(TestPostgres.emptyUrl());
        source.setUser("postgres");
        return source;
    }

    private static DataSource migrated() {
        DataSource source = empty();
        Flyway.configure().dataSource(source).load().migrate();
        return source;
    }

    private String needed(String content) {
        try {
            String digest = store.put(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
                    .digest();
            jdbi.useHandle(handle -> handle.execute("insert into artifact_use values (?, gen_random_uuid())", digest));
            return digest;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void removed(String digest) {
        try {
            jdbi.useHandle(handle -> handle.execute("delete from artifact_use where digest = ?", digest));
            store.delete(digest);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TakeBackup.Written taken(BuildProgress progress) throws Exception {
        return new TakeBackup(database, artifacts, progress).into(backup);
    }

    private TakeBackup.Written taken() throws Exception {
        return taken(BuildProgress.SILENT);
    }

    private Set<String> copied() throws IOException {
        return new TreeSet<>(BackupFolder.artifacts(backup).digests());
    }

    private void isWhole() throws IOException {
        new RestoreBackup(backup, BuildProgress.SILENT).requireUndamaged();
    }

    @Test
    void and_the_next_one_copies_what_is_new_alone() throws Exception {
        String first = needed("first");
        store.put(new ByteArrayInputStream(new byte[] {1}));
        assertThat(taken().newArtifacts()).isEqualTo(1);
        assertThat(copied()).as("what nobody needs is not copied").containsExactly(first);
        Object file = Files.readAttributes(BackupFolder.artifacts(backup).path(first), BasicFileAttributes.class)
                .fileKey();

        String second = needed("second");
        TakeBackup.Written written = taken();
        assertThat(written.artifacts()).isEqualTo(2);
        assertThat(written.newArtifacts()).isEqualTo(1);
        assertThat(Files.readAttributes(BackupFolder.artifacts(backup).path(first), BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(file);
        removed(first);
        taken();
        assertThat(copied()).containsExactly(second);
        isWhole();
        try (Stream<Path> inside = Files.list(backup)) {
            assertThat(inside.filter(each -> each.getFileName().toString().startsWith("tables-")))
                    .as("tables of backups before")
                    .hasSize(1);
        }
    }

    @Test
    void also_when_an_artifact_is_removed_while_it_is_made() throws Exception {
        String stays = needed("stays");
        var came = new AtomicBoolean();
        var went = new AtomicBoolean();
        var late = new AtomicReference<>("");
        taken((stage, fraction, text) -> {
            // After the first look at what is needed, and before the tables are taken.
            if (stage.equals("artifacts") && fraction == 1 && came.compareAndSet(false, true)) {
                late.set(needed("late"));
            }
            // After the tables were taken.
            if (stage.equals("tables") && fraction == 1 && went.compareAndSet(false, true)) {
                removed(requireNonNull(late.get()));
            }
        });
        assertThat(went).isTrue();
        assertThat(copied()).containsExactly(stays);
        isWhole();
    }

    @Test
    void and_one_that_is_missing_is_named_and_the_backup_of_before_stays() throws Exception {
        needed("first");
        taken();
        String before = Files.readString(BackupManifest.file(backup));
        String second = needed("second");
        store.delete(second);
        assertThatThrownBy(this::taken)
                .isInstanceOfSatisfying(BackupProblem.class, problem -> assertThat(problem.file())
                        .endsWith(second));
        assertThat(Files.readString(BackupManifest.file(backup))).isEqualTo(before);
        isWhole();
    }

    @Test
    void and_a_damaged_one_is_not_copied() throws Exception {
        String digest = needed("content");
        Files.writeString(store.path(digest), "c0ntent");
        assertThatThrownBy(this::taken)
                .hasMessageContaining("damaged")
                .isInstanceOfSatisfying(BackupProblem.class, problem -> assertThat(problem.file())
                        .endsWith(digest));
        assertThat(BackupManifest.file(backup)).doesNotExist();
        assertThat(copied()).isEmpty();
    }

    @Test
    void and_what_is_damaged_later_is_named_before_anything_is_written() throws Exception {
        String damaged = needed("damaged");
        String missing = needed("missing");
        taken();
        Files.writeString(BackupFolder.artifacts(backup).path(damaged), "d4maged");
        BackupFolder.artifacts(backup).delete(missing);
        DataSource there = empty();
        Path storeThere = folder.resolve("there");
        assertThatThrownBy(() -> new RestoreBackup(backup, BuildProgress.SILENT).into(there, storeThere))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining(damaged + " is damaged")
                .hasMessageContaining(missing + " is missing");
        assertThat(storeThere).doesNotExist();
    }

    @Test
    void and_comes_back_with_its_artifacts() throws Exception {
        String digest = needed("content");
        taken();
        Path storeThere = folder.resolve("there");
        DataSource there = empty();
        new RestoreBackup(backup, BuildProgress.SILENT).into(there, storeThere);
        assertThat(new ArtifactStore(storeThere).verified(digest)).hasContent("content");
        assertThatThrownBy(() -> new RestoreBackup(backup, BuildProgress.SILENT).into(there, storeThere))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("not empty");
        new ArtifactStore(storeThere).claim("another database");
        assertThatThrownBy(() -> new RestoreBackup(backup, BuildProgress.SILENT).into(empty(), storeThere))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("another database");
    }

    @Test
    void and_only_its_owner_may_read_it() throws Exception {
        needed("content");
        taken();
        try (Stream<Path> all = Files.walk(backup)) {
            for (Path each :
                    all.filter(file -> !file.toString().contains("incoming")).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .as(each.toString())
                        .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void and_is_written_by_one_at_a_time_into_no_other_folder() throws Exception {
        Path mine = Files.createDirectory(folder.resolve("thesis"));
        Files.writeString(mine.resolve("thesis.tex"), "years of work");
        assertThatThrownBy(() -> new TakeBackup(database, artifacts, BuildProgress.SILENT).into(mine))
                .isInstanceOf(ArenaProblem.class)
                .hasMessageContaining("other files");
        assertThat(mine).isDirectoryContaining("glob:**thesis.tex");
        try (BackupFolder held = BackupFolder.hold(backup)) {
            assertThatThrownBy(this::taken)
                    .as("while %s is written", held.root())
                    .isInstanceOf(ArenaProblem.class)
                    .hasMessageContaining("another backup");
            assertThatThrownBy(() -> new RestoreBackup(backup, BuildProgress.SILENT))
                    .as("one that was begun")
                    .hasMessageContaining("holds no backup");
        }
        assertThat(List.of(taken().artifacts())).containsExactly(0);
    }
}
