package dev.trmarena.ingest.puzzleset;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What POST /api/puzzle-sets takes.
 *
 * @param name of the new set
 * @param kind {@code sudoku}, {@code maze}, {@code arc} or {@code sequence}; null to recognise it
 * @param files a CSV alone, or the files of the authors' dataset directory
 */
record PuzzleSetRequest(String name, @Nullable String kind, List<FileOfSet> files) {
    PuzzleSetRequest {
        Objects.requireNonNull(name, "'name' is missing");
        files = List.copyOf(Objects.requireNonNull(files, "'files' is missing"));
    }

    /** @param path relative to the dataset's directory, with '/' */
    record FileOfSet(String path, UUID upload) {
        FileOfSet {
            Objects.requireNonNull(path, "'path' is missing");
            Objects.requireNonNull(upload, "'upload' is missing");
        }
    }
}
