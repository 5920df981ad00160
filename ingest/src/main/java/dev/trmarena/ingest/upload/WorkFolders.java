package dev.trmarena.ingest.upload;

import dev.trmarena.artifacts.store.FreedSpace;
import dev.trmarena.artifacts.store.LockedFolders;
import dev.trmarena.artifacts.store.LockedFolders.LockedFolder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Folders for files on their way into the store, beside the store: gigabytes that the system's temporary folder, often in
 * memory, need not have room for.
 */
@ApplicationScoped
public class WorkFolders {
    private static final Logger LOG = Logger.getLogger(WorkFolders.class);

    private final LockedFolders folders;

    WorkFolders(@ConfigProperty(name = "arena.work") Path root) {
        this.folders = new LockedFolders(root);
    }

    /** A new, empty folder that is deleted when closed. */
    public WorkFolder open() {
        try {
            return new WorkFolder(folders.open());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a work folder", e);
        }
    }

    /** Those of killed processes. */
    FreedSpace sweep() throws IOException {
        return folders.sweep();
    }

    /** A folder of one request. */
    public static final class WorkFolder implements AutoCloseable {
        private final LockedFolder folder;

        private WorkFolder(LockedFolder folder) {
            this.folder = folder;
        }

        public Path path() {
            return folder.path();
        }

        @Override
        public void close() {
            try {
                folder.close();
            } catch (IOException e) {
                LOG.warnf("cannot remove the work folder %s, a sweep will: %s", folder.path(), e.getMessage());
            }
        }
    }
}
