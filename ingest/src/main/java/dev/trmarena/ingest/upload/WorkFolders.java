package dev.trmarena.ingest.upload;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Folders for files on their way into the store, beside the store: gigabytes that the system's temporary folder, often in
 * memory, need not have room for. Each is locked by its process, so those of a killed process are known and removed.
 */
@ApplicationScoped
public class WorkFolders {
    private static final Logger LOG = Logger.getLogger(WorkFolders.class);
    private static final String LOCK = ".lock";

    private final Path root;

    WorkFolders(@ConfigProperty(name = "arena.work") Path root) {
        this.root = root;
    }

    /** A new, empty folder that is deleted when closed. */
    public WorkFolder open() {
        try {
            Path folder = Files.createDirectories(root.resolve(UUID.randomUUID().toString()));
            FileChannel lock =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock.lock();
            return new WorkFolder(Files.createDirectory(folder.resolve("files")), folder, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a work folder under " + root, e);
        }
    }

    void removeLeftOvers(@Observes StartupEvent started) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (Path folder : folders) {
                if (isLeftOver(folder)) {
                    delete(folder);
                }
            }
        } catch (IOException e) {
            LOG.warnf("cannot look for left-over work folders under %s: %s", root, e.getMessage());
        }
    }

    private static boolean isLeftOver(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock != null;
        } catch (NoSuchFileException e) {
            return true;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** A folder of one request. */
    public static final class WorkFolder implements AutoCloseable {
        private final Path files;
        private final Path folder;
        private final FileChannel lock;

        private WorkFolder(Path files, Path folder, FileChannel lock) {
            this.files = files;
            this.folder = folder;
            this.lock = lock;
        }

        public Path path() {
            return files;
        }

        @Override
        public void close() {
            try {
                delete(folder);
                lock.close();
            } catch (IOException e) {
                LOG.warnf("cannot remove the work folder %s: %s", folder, e.getMessage());
            }
        }
    }
}
