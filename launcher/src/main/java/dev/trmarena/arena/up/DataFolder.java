package dev.trmarena.arena.up;

import dev.trmarena.arena.ArenaProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a platform on one machine keeps. One launcher at a time holds it; the kernel frees the lock of a launcher
 * that was killed.
 */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "arena.lock";
    /** There from before the first to after the last step of a restore. */
    private static final String RESTORING = "restoring";

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    /** Whose folder belongs to whoever runs it. */
    private static final Path OWN_PROCESS = Path.of("/proc/self");

    private static final List<String> CONTENTS = List.of(
            "kafka",
            "kafka.format.properties",
            "postgres",
            "postgres.new",
            "postgres.password",
            "artifacts",
            "logs",
            "temporary",
            "children",
            "children.new",
            "demo.loaded",
            RESTORING);

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Creates the folder when needed, makes it one that nobody else can read, and takes its lock.
     *
     * @throws ArenaProblem when another launcher has it, when it is some other folder with files in it, or somebody else's
     */
    public static DataFolder hold(Path folder) throws IOException {
        DataFolder held = holdUnlessInUse(folder);
        if (held == null) {
            Path root = folder.toAbsolutePath().normalize();
            throw inUse(root, Files.readString(root.resolve(LOCK)).strip());
        }
        return held;
    }

    /** @return null when another launcher has it */
    static @Nullable DataFolder holdUnlessInUse(Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        Files.createDirectories(root.resolveSibling("."));
        if (!Files.exists(root)) {
            Files.createDirectory(root, PosixFilePermissions.asFileAttribute(PRIVATE));
        }
        refuseAnyOtherFolder(root);
        refuseThatOfAnybodyElse(root, user());
        Files.setPosixFilePermissions(root, PRIVATE);
        FileChannel channel = FileChannel.open(
                root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            return null;
        }
        return new DataFolder(root, channel, lock);
    }

    /** @param user the number of whoever starts the platform */
    static void refuseThatOfAnybodyElse(Path root, Object user) throws IOException {
        if (!owner(root).equals(user)) {
            throw new ArenaProblem(
                    "this folder belongs to somebody else",
                    root.toString(),
                    null,
                    "its owner could read and change all that the platform keeps",
                    "name a folder of your own with --data");
        }
    }

    /** The number of whoever runs this. Without /proc, as on macOS, a file of theirs tells. */
    private static Object user() throws IOException {
        if (Files.exists(OWN_PROCESS)) {
            return owner(OWN_PROCESS);
        }
        Path own = Files.createTempFile("arena-owner-", "");
        try {
            return owner(own);
        } finally {
            Files.delete(own);
        }
    }

    static Object owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static ArenaProblem inUse(Path root, String holder) {
        String[] lines = holder.split("\n", 2);
        String process = lines[0].isBlank() ? "another launcher" : "process " + lines[0];
        String url = lines.length > 1 ? " at " + lines[1] : "";
        return new ArenaProblem(
                "a platform is already running on this data folder" + url,
                root.toString(),
                null,
                process + " holds it",
                "use that one, stop it (kill " + (lines[0].isBlank() ? "PID" : lines[0])
                        + "), or start another with --data and --port");
    }

    private static void refuseAnyOtherFolder(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new ArenaProblem("not a folder", root.toString(), null, null, "name a folder with --data");
        }
        if (Files.exists(root.resolve(LOCK))) {
            return;
        }
        try (Stream<Path> files = Files.list(root)) {
            if (files.findAny().isPresent()) {
                throw new ArenaProblem(
                        "this folder holds other files and is not a data folder of trm-arena",
                        root.toString(),
                        null,
                        "it is not empty and has no " + LOCK,
                        "name an empty or a new folder with --data");
            }
        }
    }

    /** Where the page of the platform is that runs on this folder; null where none does. */
    public static @Nullable String address(Path folder) throws IOException {
        Path lock = folder.resolve(LOCK);
        String[] lines =
                Files.isRegularFile(lock) ? Files.readString(lock).strip().split("\n", 2) : new String[0];
        boolean runs = lines.length == 2
                && lines[0].matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(lines[0])).isPresent();
        return runs ? lines[1] : null;
    }

    /** Tells a second launcher who holds the folder and where the page is. */
    void announce(String url) throws IOException {
        byte[] text = (ProcessHandle.current().pid() + "\n" + url + "\n").getBytes(StandardCharsets.UTF_8);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text), 0);
    }

    /** @throws ArenaProblem when a restore into this folder was begun and not brought to its end */
    void requireWhole() {
        requireWhole(root);
    }

    static void requireWhole(Path root) {
        if (Files.exists(root.resolve(RESTORING))) {
            throw new ArenaProblem(
                    "a restore into this data folder was interrupted",
                    root.toString(),
                    null,
                    "a part of the platform is missing",
                    "run the same ./arena restore again, or ./arena up --fresh to begin anew without it");
        }
    }

    /**
     * A platform is about to be written here; until {@link #restored} nobody takes the folder for one.
     *
     * @throws ArenaProblem when the folder holds a platform
     */
    void beginRestore() throws IOException {
        if (Files.exists(root.resolve(RESTORING))) {
            empty();
        }
        for (String name : CONTENTS) {
            Path entry = root.resolve(name);
            if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(entry)) {
                throw new ArenaProblem(
                        "this data folder holds a platform already",
                        root.toString(),
                        null,
                        "it has " + name,
                        "name a new folder with --data: nothing that is there is overwritten");
            }
        }
        Files.createFile(root.resolve(RESTORING));
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** It is a platform now, and has what it had, the demo or none. */
    void restored() throws IOException {
        if (!Files.exists(demoLoaded())) {
            Files.createFile(demoLoaded());
        }
        Files.delete(root.resolve(RESTORING));
    }

    /** Deletes what earlier runs left, by name, so that a file that somebody else put here survives. */
    public void empty() throws IOException {
        for (String name : CONTENTS) {
            Path entry = root.resolve(name);
            if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
                try (Stream<Path> files = Files.walk(entry)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    Path root() {
        return root;
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path artifacts() {
        return root.resolve("artifacts");
    }

    Path logs() {
        return root.resolve("logs");
    }

    /** A folder for the temporary files of each process. */
    Path temporary() {
        return root.resolve("temporary");
    }

    /** Which processes the launcher started last, so that the next one can wait for them. */
    Path children() {
        return root.resolve("children");
    }

    /** Exists once the demo was handed in. */
    public Path demoLoaded() {
        return root.resolve("demo.loaded");
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
