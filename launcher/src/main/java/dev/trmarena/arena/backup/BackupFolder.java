package dev.trmarena.arena.backup;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.artifacts.store.Disk;
import dev.trmarena.db.backup.BackupManifest;
import dev.trmarena.db.backup.BackupManifest.SavedArtifact;
import dev.trmarena.db.backup.BackupManifest.SavedTable;
import dev.trmarena.supervise.ProcessFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where backups of one platform go, one after the other. The manifest is renamed into its place when all that it names is on disk:
 * at every moment the folder holds the whole backup of before, or the whole new one, or none. Only its owner may read it.
 */
final class BackupFolder implements AutoCloseable {
    private static final String LOCK = "backup.lock";
    private static final String ARTIFACTS = "artifacts";
    private static final String TABLES = "tables-";
    private static final Set<PosixFilePermission> OWN_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWN_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final FileChannel lock;
    private final Disk disk = new Disk();
    private final ArtifactStore artifacts;

    private BackupFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
        this.artifacts = artifacts(root);
    }

    /**
     * Creates it when needed. Nobody else writes into it until it is closed.
     *
     * @throws ArenaProblem when it is some other folder, or another backup goes on in it
     */
    static BackupFolder hold(Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        if (!Files.exists(root)) {
            Files.createDirectories(root.resolveSibling("."));
            Files.createDirectory(root, own(OWN_FOLDER));
        }
        refuseAnyOther(root);
        Files.setPosixFilePermissions(root, OWN_FOLDER);
        FileChannel channel = FileChannel.open(
                root.resolve(LOCK), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), own(OWN_FILE));
        if (tryLock(channel) == null) {
            channel.close();
            throw new ArenaProblem(
                    "another backup is being written into this folder",
                    root.toString(),
                    null,
                    null,
                    "wait for it, or name another folder");
        }
        return new BackupFolder(root, channel);
    }

    private static FileAttribute<?> own(Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }

    private static void refuseAnyOther(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new ArenaProblem("not a folder", root.toString(), null, null, "name a new folder");
        }
        if (Files.exists(root.resolve(LOCK)) || Files.exists(BackupManifest.file(root))) {
            return;
        }
        try (Stream<Path> files = Files.list(root)) {
            if (files.findAny().isPresent()) {
                throw new ArenaProblem(
                        "this folder holds other files and no backup",
                        root.toString(),
                        null,
                        "it is not empty and has no " + LOCK,
                        "name an empty or a new folder");
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path root() {
        return root;
    }

    ArtifactStore artifacts() {
        return artifacts;
    }

    /** The artifacts of a backup. */
    static ArtifactStore artifacts(Path backup) {
        return new ArtifactStore(backup.resolve(ARTIFACTS));
    }

    /** A new folder for the files of tables. @return its name */
    String newTables() throws IOException {
        String name = TABLES + UUID.randomUUID();
        Files.createDirectory(root.resolve(name), own(OWN_FOLDER));
        return name;
    }

    void deleteTables(String name) throws IOException {
        ProcessFolder.delete(root.resolve(name));
    }

    /** Brings one artifact here, for the owner's eyes alone. @return its length */
    long copy(ArtifactStore from, String digest) throws IOException {
        long bytes = artifacts.copy(from, digest).bytes();
        Path file = artifacts.path(digest);
        Files.setPosixFilePermissions(file, OWN_FILE);
        for (Path folder = file.getParent(); folder != null && !folder.equals(root); folder = folder.getParent()) {
            Files.setPosixFilePermissions(folder, OWN_FOLDER);
        }
        return bytes;
    }

    /** From now on this is what the folder holds. */
    void finish(BackupManifest manifest) throws IOException {
        for (String tables : tablesOf(manifest)) {
            disk.syncFolder(root.resolve(tables));
        }
        disk.syncFolder(root);
        Path written = root.resolve("backup.json.new");
        Files.deleteIfExists(written);
        try (FileChannel channel = FileChannel.open(
                written, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), own(OWN_FILE))) {
            ByteBuffer text = ByteBuffer.wrap(manifest.text().getBytes(StandardCharsets.UTF_8));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            disk.syncFile(channel);
        }
        disk.rename(written, BackupManifest.file(root));
        disk.syncFolder(root);
    }

    private static Set<String> tablesOf(BackupManifest manifest) {
        return manifest.tables().stream()
                .map(SavedTable::file)
                .map(file -> file.substring(0, file.indexOf('/')))
                .collect(Collectors.toSet());
    }

    /** Removes what backups before, whole or interrupted, left and this one does not name. */
    void tidy(BackupManifest manifest) throws IOException {
        Set<String> named = tablesOf(manifest);
        try (Stream<Path> files = Files.list(root)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(TABLES) && !named.contains(name)) {
                    deleteTables(name);
                }
            }
        }
        Set<String> unnamed = new HashSet<>(artifacts.digests());
        manifest.artifacts().stream().map(SavedArtifact::sha256).forEach(unnamed::remove);
        for (String digest : unnamed) {
            artifacts.delete(digest);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
