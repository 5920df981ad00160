package dev.trmarena.supervise;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder for the temporary files of one process: named after the process that made it, so that the next one of its kind can delete
 * what a killed one left.
 */
public final class ProcessFolder {
    /** When a process began is known to a hundredth of a second, by a clock that may be set meanwhile. */
    private static final long SAME_START_MILLIS = 2_000;

    private final Path path;

    private ProcessFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes a folder of this process, which nobody else may look into, and deletes those of dead ones.
     *
     * @param parent where they lie
     * @param kind what their names begin with
     */
    public static ProcessFolder in(Path parent, String kind) throws IOException {
        sweep(parent, kind);
        ProcessHandle self = ProcessHandle.current();
        return new ProcessFolder(
                Files.createTempDirectory(parent, kind + "-" + self.pid() + "-" + startMillis(self) + "-"));
    }

    private static void sweep(Path parent, String kind) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(kind) + "-(\\d{1,18})-(\\d{1,18})-\\d+");
        List<Path> all;
        try (Stream<Path> files = Files.list(parent)) {
            all = files.filter(Files::isDirectory).filter(Files::isWritable).toList();
        }
        for (Path folder : all) {
            Matcher owner = name.matcher(folder.getFileName().toString());
            if (owner.matches() && !lives(Long.parseLong(owner.group(1)), Long.parseLong(owner.group(2)))) {
                delete(folder);
            }
        }
    }

    /** A process id alone may by now be somebody else's. */
    private static boolean lives(long pid, long startMillis) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(startMillis(process) - startMillis) < SAME_START_MILLIS)
                .isPresent();
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    public Path path() {
        return path;
    }

    public void delete() throws IOException {
        delete(path);
    }

    /** Deletes a folder with all that is in it, also while somebody else does; of a link, the link. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
