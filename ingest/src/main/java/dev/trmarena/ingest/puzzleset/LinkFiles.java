package dev.trmarena.ingest.puzzleset;

import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Gives artifacts the names that their sender gave them, in a folder of their own and without copying. */
public final class LinkFiles {
    private static final int MAX_LENGTH = 512;

    private LinkFiles() {}

    /** @throws Refusal 400 when the path leaves the folder, is odd, or is taken */
    public static void link(Path folder, String path, Path artifact) {
        check(path);
        Path target = folder.resolve(path);
        try {
            Files.createDirectories(target.getParent());
            link(target, artifact);
        } catch (FileAlreadyExistsException e) {
            throw bad(path, "is there twice, or is both a file and a folder");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lay out " + path, e);
        }
    }

    private static void link(Path target, Path artifact) throws IOException {
        try {
            Files.createLink(target, artifact);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // Another file system than the store's.
            Files.createSymbolicLink(target, artifact.toAbsolutePath());
        }
    }

    private static void check(String path) {
        if (path.isEmpty() || path.length() > MAX_LENGTH) {
            throw bad(path, "has " + path.length() + " characters, it must have 1 to " + MAX_LENGTH);
        }
        if (path.indexOf('\\') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
            throw bad(path, "contains a backslash or a control character");
        }
        // limit -1: "a/" and "/a" have an empty part
        for (String part : List.of(path.split("/", -1))) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw bad(path, "is not a plain relative path");
            }
        }
    }

    private static Refusal bad(String path, String problem) {
        return Refusal.file(
                400,
                path,
                null,
                "the path '" + Quote.of(path) + "' " + problem,
                "name each file relative to the dataset's folder");
    }
}
