package dev.trmarena.arena.backup;

import dev.trmarena.artifacts.store.ArtifactDamaged;
import dev.trmarena.artifacts.store.ArtifactMissing;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.Database;
import dev.trmarena.db.backup.BackupManifest;
import dev.trmarena.db.backup.BackupManifest.SavedArtifact;
import dev.trmarena.db.backup.BackupManifest.SavedTable;
import dev.trmarena.db.backup.BackupProblem;
import dev.trmarena.db.backup.SaveTables;
import dev.trmarena.db.plan.ArtifactUses;
import dev.trmarena.puzzles.build.BuildProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Writes a platform into a folder while it goes on. First the artifacts, which takes long and waits for nobody; then the tables as
 * they are at one moment, then the few artifacts that came in between. An artifact that was removed in between was needed by rows
 * that are gone by now: the tables are taken anew.
 */
public final class TakeBackup {
    /** So often something may be removed in the seconds after the tables were taken. */
    private static final int TRIES = 5;

    private final Jdbi jdbi;
    private final ArtifactStore store;
    private final BuildProgress progress;

    /** @param artifacts the folder of the store */
    public TakeBackup(DataSource database, Path artifacts, BuildProgress progress) {
        this.jdbi = Database.jdbi(database);
        this.store = new ArtifactStore(artifacts);
        this.progress = progress;
    }

    /**
     * What was written.
     *
     * @param bytes of all files of the backup
     * @param newArtifacts those that were not in the folder before
     * @param newBytes of those, and of the tables, which are always written anew
     */
    public record Written(
            String takenAt,
            String schema,
            int tables,
            long rows,
            int artifacts,
            long bytes,
            int newArtifacts,
            long newBytes) {}

    /** @throws BackupProblem when an artifact is missing or damaged: a backup without it could not be restored */
    public Written into(Path folder) throws IOException, SQLException {
        try (BackupFolder backup = BackupFolder.hold(folder)) {
            backup.artifacts().sweepIncoming();
            Set<String> before = backup.artifacts().digests();
            copy(backup, jdbi.withHandle(ArtifactUses::held));
            BackupManifest manifest = tables(backup);
            backup.finish(manifest);
            backup.tidy(manifest);
            return written(manifest, before);
        }
    }

    private BackupManifest tables(BackupFolder backup) throws IOException, SQLException {
        for (int tries = 1; ; tries++) {
            String name = backup.newTables();
            boolean whole = false;
            try {
                var saved = new SaveTables(backup.root(), name, progress).save(jdbi);
                SortedSet<String> gone = copy(backup, saved.artifacts());
                if (gone.isEmpty()) {
                    var manifest = new BackupManifest(
                            BackupManifest.FORMAT,
                            saved.takenAt(),
                            saved.schema(),
                            saved.tables(),
                            saved.sequences(),
                            artifacts(backup, saved.artifacts()));
                    whole = true;
                    return manifest;
                }
                if (tries == TRIES) {
                    throw unusable("comes and goes", gone.first());
                }
            } finally {
                if (!whole) {
                    backup.deleteTables(name);
                }
            }
        }
    }

    /** @return those that are gone by now, and named by nobody any more */
    private SortedSet<String> copy(BackupFolder backup, Collection<String> digests) throws IOException {
        ArtifactStore there = backup.artifacts();
        List<String> wanted =
                digests.stream().filter(digest -> !there.has(digest)).sorted().toList();
        SortedSet<String> gone = new TreeSet<>();
        long bytes = 0;
        for (int i = 0; i < wanted.size(); i++) {
            progress.at(
                    "artifacts",
                    i / (double) wanted.size(),
                    String.format(Locale.ROOT, "%d of %d, %.1f MB", i, wanted.size(), bytes / 1e6));
            String digest = wanted.get(i);
            try {
                bytes += backup.copy(store, digest);
            } catch (ArtifactMissing e) {
                if (jdbi.withHandle(ArtifactUses::held).contains(digest)) {
                    throw unusable("is missing", digest);
                }
                gone.add(digest);
            } catch (ArtifactDamaged e) {
                throw unusable("is damaged", digest);
            }
        }
        if (!wanted.isEmpty()) {
            progress.at("artifacts", 1, String.format(Locale.ROOT, "%d, %.1f MB", wanted.size(), bytes / 1e6));
        }
        return gone;
    }

    private BackupProblem unusable(String what, String digest) {
        return new BackupProblem(
                "an artifact " + what + " that a puzzle set or a checkpoint needs: the backup could not be restored",
                store.file(digest).toString(),
                "put it back from an older backup (its folder artifacts), then try again");
    }

    private static List<SavedArtifact> artifacts(BackupFolder backup, SortedSet<String> digests) throws IOException {
        ArtifactStore there = backup.artifacts();
        List<SavedArtifact> artifacts = new ArrayList<>();
        for (String digest : digests) {
            artifacts.add(new SavedArtifact(digest, Files.size(there.path(digest))));
        }
        return artifacts;
    }

    private static Written written(BackupManifest manifest, Set<String> before) {
        List<SavedArtifact> news = manifest.artifacts().stream()
                .filter(each -> !before.contains(each.sha256()))
                .toList();
        long tables = manifest.tables().stream().mapToLong(SavedTable::bytes).sum();
        return new Written(
                manifest.takenAt(),
                manifest.schema(),
                manifest.tables().size(),
                manifest.tables().stream().mapToLong(SavedTable::rows).sum(),
                manifest.artifacts().size(),
                tables + sum(manifest.artifacts()),
                news.size(),
                tables + sum(news));
    }

    private static long sum(List<SavedArtifact> artifacts) {
        return artifacts.stream().mapToLong(SavedArtifact::bytes).sum();
    }
}
