package dev.trmarena.artifacts.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Folders for files that are on their way. Each is locked by its process for as long as it is used, and the lock goes with the
 * process, however that ends: what a killed one left is known, and any other one may remove it at any time. A folder {@code
 * <root>/<uuid>} has its lock beside it, {@code <root>/<uuid>.lock}, which is there before the folder and after it.
 */
public final class LockedFolders {
    private static final String LOCK = ".lock";
    /** Lock files of this process. A sweep must not open them: closing any channel of a file gives up the process's lock on it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path root;

    /** @param root is made when the first folder is */
    public LockedFolders(Path root) {
        this.root = root;
    }

    /** A new, empty folder that is deleted when closed. */
    public LockedFolder open() throws IOException {
        Path real = Files.createDirectories(root).toRealPath();
        LockedFolder folder;
        do {
            folder = tryOpening(real, UUID.randomUUID().toString());
        } while (folder == null);
        return folder;
    }

    /** @return null when a sweep removed the lock file before it was locked */
    private static @Nullable LockedFolder tryOpening(Path root, String name) throws IOException {
        Path lock = root.resolve(name + LOCK);
        HELD.add(lock);
        FileChannel channel = null;
        LockedFolder opened = null;
        try {
            channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            if (Files.exists(lock)) {
                opened = new LockedFolder(Files.createDirectory(root.resolve(name)), lock, channel);
            }
            return opened;
        } finally {
            if (opened == null) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(lock);
            }
        }
    }

    /** Removes what nobody holds: the folders of killed processes, and files that never were in one. */
    public FreedSpace sweep() throws IOException {
        if (!Files.isDirectory(root)) {
            return FreedSpace.NOTHING;
        }
        Path real = root.toRealPath();
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                names.add(name.endsWith(LOCK) ? name.substring(0, name.length() - LOCK.length()) : name);
            }
        }
        FreedSpace freed = FreedSpace.NOTHING;
        for (String name : names) {
            freed = freed.plus(sweep(real.resolve(name), real.resolve(name + LOCK)));
        }
        return freed;
    }

    private static FreedSpace sweep(Path folder, Path lockFile) throws IOException {
        if (HELD.contains(lockFile)) {
            return FreedSpace.NOTHING;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return FreedSpace.NOTHING;
            }
            FreedSpace freed = delete(folder);
            Files.deleteIfExists(lockFile);
            return freed;
        } catch (NoSuchFileException e) {
            // Who uses a folder has its lock until after it is deleted.
            return delete(folder);
        } catch (OverlappingFileLockException e) {
            return FreedSpace.NOTHING;
        }
    }

    /** Another one may be deleting the same. */
    private static FreedSpace delete(Path folder) throws IOException {
        var count = new Count();
        Files.walkFileTree(folder, count);
        return count.freed;
    }

    private static final class Count extends SimpleFileVisitor<Path> {
        private FreedSpace freed = FreedSpace.NOTHING;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (Files.deleteIfExists(file)) {
                freed = freed.plus(new FreedSpace(1, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            if (problem != null) {
                throw problem;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }

    /** A folder in the hands of this process. */
    public static final class LockedFolder implements AutoCloseable {
        private final Path folder;
        private final Path lock;
        private final FileChannel channel;

        private LockedFolder(Path folder, Path lock, FileChannel channel) {
            this.folder = folder;
            this.lock = lock;
            this.channel = channel;
        }

        public Path path() {
            return folder;
        }

        /** @throws IOException when something could not be deleted; a sweep takes it then */
        @Override
        public void close() throws IOException {
            try (channel) {
                delete(folder);
                Files.deleteIfExists(lock);
            } finally {
                HELD.remove(lock);
            }
        }
    }
}
