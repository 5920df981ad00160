package dev.trmarena.artifacts.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What must outlive a power cut: the content of a file is there once the file is synced, its name once its folder is. Every
 * step is a method of its own, so that their order can be watched.
 */
public class Disk {
    private static final boolean FOLDERS_CAN_BE_SYNCED =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** Folders whose names are known to be on disk, up to where nothing was made. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    /** @throws IOException when the disk cannot say that it has everything */
    public void syncFile(FileChannel file) throws IOException {
        file.force(true);
    }

    /** Afterwards the names in the folder are on disk. Where folders cannot be opened, as on Windows, the system sees to it. */
    public void syncFolder(Path folder) throws IOException {
        if (FOLDERS_CAN_BE_SYNCED) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** In one step, in place of what was there; synced by {@link #syncFolder}. */
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Makes a folder, and those above it, whose names are then on disk.
     *
     * @param below an existing folder below this one counts as one that another process made a moment ago: its name is synced
     */
    public void createFolders(Path folder, Path below) throws IOException {
        boolean there = Files.isDirectory(folder);
        if (there && durable.contains(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null && (!there || folder.startsWith(below) && !folder.equals(below))) {
            createFolders(parent, below);
            if (!there) {
                createFolder(folder);
            }
            syncFolder(parent);
        }
        durable.add(folder);
    }

    private static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }
}
