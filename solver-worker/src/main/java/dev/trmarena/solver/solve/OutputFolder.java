package dev.trmarena.solver.solve;

import dev.trmarena.artifacts.store.LockedFolders;
import dev.trmarena.artifacts.store.LockedFolders.LockedFolder;
import dev.trmarena.puzzles.InputProblem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A folder of results in the hands of one process, with a folder for what only this run needs. */
public final class OutputFolder implements AutoCloseable {
    private final Path lockFile;
    private final FileChannel lock;
    private final Path works;
    private final LockedFolder work;

    private OutputFolder(Path lockFile, FileChannel lock, Path works) throws IOException {
        this.lockFile = lockFile;
        this.lock = lock;
        this.works = works;
        var folders = new LockedFolders(works);
        folders.sweep();
        this.work = folders.open();
    }

    /** @throws InputProblem when another process has it */
    public static OutputFolder take(Path out) throws IOException {
        Path lockFile = out.resolve(".lock");
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        OutputFolder taken = null;
        try {
            // Deleted in between: whoever had it has just ended, and the next one may have made another.
            if (tryLock(channel) == null || !Files.exists(lockFile)) {
                throw new InputProblem(
                        out.toString(),
                        null,
                        "another process writes its answers into this folder",
                        "Wait until it has ended, or name another folder with --out.");
            }
            taken = new OutputFolder(lockFile, channel, out.resolve(".work"));
            return taken;
        } finally {
            if (taken == null) {
                channel.close();
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

    /** Empty at first, gone afterwards; what a killed run left is gone, too. */
    public Path work() {
        return work.path();
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            work.close();
            deleteEmpty(works);
            Files.deleteIfExists(lockFile);
        }
    }

    private static void deleteEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Something else lies in it, which is not ours.
        }
    }
}
