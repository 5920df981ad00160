package dev.trmarena.ingest.adapt;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A folder for each evaluation whose weights are adapted, written by solvers: files named by their SHA-256, and beside them what is not
 * finished. What counts is what the database names.
 */
@ApplicationScoped
class AdaptationFolders {
    private final Path root;

    AdaptationFolders(@ConfigProperty(name = "arena.adaptations") Path root) {
        this.root = root;
    }

    Path file(UUID evaluation, String digest) {
        return root.resolve(evaluation.toString()).resolve(digest);
    }

    /** Evaluations that there are folders of. */
    List<UUID> all() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<UUID> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                try {
                    all.add(UUID.fromString(folder.getFileName().toString()));
                } catch (IllegalArgumentException e) {
                    // It is none of ours.
                    continue;
                }
            }
        }
        return all;
    }

    /** @return whether the content of a file is what its name says; false, too, when it is not there */
    boolean isWhole(UUID evaluation, String digest) throws IOException {
        try (InputStream in = Files.newInputStream(file(evaluation, digest))) {
            return DigestUtils.sha256Hex(in).equals(digest);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    long bytes(UUID evaluation) throws IOException {
        long bytes = 0;
        for (Path file : files(evaluation)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    void delete(UUID evaluation) throws IOException {
        for (Path file : files(evaluation)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(root.resolve(evaluation.toString()));
    }

    /** Deletes what is older than a file that is there: what was kept before it, and what killed solvers left. */
    void deleteOlderThan(UUID evaluation, String digest) throws IOException {
        Path kept = file(evaluation, digest);
        if (!Files.exists(kept)) {
            return;
        }
        FileTime time = Files.getLastModifiedTime(kept);
        for (Path file : files(evaluation)) {
            if (!file.getFileName().toString().equals(digest)
                    && Files.getLastModifiedTime(file).compareTo(time) < 0) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Those of an evaluation; it has no folders. */
    private List<Path> files(UUID evaluation) throws IOException {
        Path folder = root.resolve(evaluation.toString());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
