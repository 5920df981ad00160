package dev.trmarena.arena.backup;

import dev.trmarena.artifacts.store.ArtifactDamaged;
import dev.trmarena.artifacts.store.ArtifactMissing;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.Database;
import dev.trmarena.db.backup.BackupManifest;
import dev.trmarena.db.backup.BackupManifest.SavedArtifact;
import dev.trmarena.db.backup.BackupManifest.SavedTable;
import dev.trmarena.db.backup.BackupProblem;
import dev.trmarena.db.backup.RestoreTables;
import dev.trmarena.db.plan.DatabaseIdentity;
import dev.trmarena.puzzles.build.BuildProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Brings a backup into a database and a store that hold no platform: every file of it is read and compared before anything is written. */
public final class RestoreBackup {
    /** Damaged files that are named. */
    private static final int NAMED = 10;

    private final Path backup;
    private final BackupManifest manifest;
    private final RestoreTables tables;
    private final BuildProgress progress;

    /** @throws BackupProblem when the folder holds no backup that was brought to its end */
    public RestoreBackup(Path folder, BuildProgress progress) throws IOException {
        this.backup = folder.toAbsolutePath().normalize();
        this.manifest = BackupManifest.read(backup);
        this.tables = new RestoreTables(backup, manifest, progress);
        this.progress = progress;
    }

    /** What the backup holds. */
    public record Content(String takenAt, String schema, int tables, long rows, int artifacts, long bytes) {}

    public Content content() {
        return new Content(
                manifest.takenAt(),
                manifest.schema(),
                manifest.tables().size(),
                manifest.tables().stream().mapToLong(SavedTable::rows).sum(),
                manifest.artifacts().size(),
                manifest.tables().stream().mapToLong(SavedTable::bytes).sum() + artifactBytes());
    }

    private long artifactBytes() {
        return manifest.artifacts().stream().mapToLong(SavedArtifact::bytes).sum();
    }

    /** @throws BackupProblem when a file is missing or is not what was written, with the names of those */
    public void requireUndamaged() throws IOException {
        List<String> damages = new ArrayList<>(tables.damages());
        ArtifactStore here = BackupFolder.artifacts(backup);
        double all = Math.max(1, artifactBytes());
        long read = 0;
        for (SavedArtifact artifact : manifest.artifacts()) {
            progress.at("check artifacts", read / all, artifact.sha256().substring(0, 12));
            try {
                here.verified(artifact.sha256());
            } catch (ArtifactMissing | ArtifactDamaged e) {
                String what = e instanceof ArtifactMissing ? "is missing" : "is damaged";
                damages.add("the artifact " + artifact.sha256() + " " + what);
            } catch (UncheckedIOException e) {
                damages.add("the artifact " + artifact.sha256() + " cannot be read: " + e.getCause());
            }
            read += artifact.bytes();
        }
        progress.at("check artifacts", 1, manifest.artifacts().size() + " artifacts");
        if (!damages.isEmpty()) {
            String more = damages.size() > NAMED ? "\nand " + (damages.size() - NAMED) + " more" : "";
            throw new BackupProblem(
                    "the backup is damaged: " + String.join("\n", damages.subList(0, Math.min(NAMED, damages.size())))
                            + more,
                    backup.toString(),
                    "copy these files here again, or use another backup");
        }
    }

    /**
     * Afterwards a platform can start on them; its broker begins empty.
     *
     * @param artifacts the folder of its store
     * @throws BackupProblem when the backup is damaged or of a newer build, or there is a platform already
     */
    public void into(DataSource database, Path artifacts) throws IOException, SQLException {
        var store = new ArtifactStore(artifacts);
        tables.requireRoom(database);
        requireNobodysStore(database, store, artifacts);
        requireUndamaged();
        ArtifactStore from = BackupFolder.artifacts(backup);
        double all = Math.max(1, artifactBytes());
        long copied = 0;
        for (SavedArtifact artifact : manifest.artifacts()) {
            progress.at("artifacts", copied / all, artifact.sha256().substring(0, 12));
            if (!store.has(artifact.sha256())) {
                store.copy(from, artifact.sha256());
            }
            copied += artifact.bytes();
        }
        progress.at("artifacts", 1, manifest.artifacts().size() + " artifacts");
        tables.restore(database);
    }

    private static void requireNobodysStore(DataSource database, ArtifactStore store, Path artifacts)
            throws IOException {
        Optional<String> owner = store.owner();
        if (owner.isPresent()
                && !owner.equals(Optional.of(Database.jdbi(database).withHandle(DatabaseIdentity::of)))) {
            throw new BackupProblem(
                    "this artifact store belongs to another database",
                    artifacts.toString(),
                    "name a new folder with ARENA_ARTIFACTS");
        }
    }
}
