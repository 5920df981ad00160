package dev.trmarena.ingest.puzzleset;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What POST /api/puzzle-sets takes.
 *
 * @param name of the new set
 * @param kind {@code sudoku}, {@code maze}, {@code arc} or {@code sequence}; null to recognise it
 * @param files a CSV alone, or the files of the authors' dataset directory
 */
record PuzzleSetRequest(
        @Schema(minLength = 1, maxLength = 64, pattern = PuzzleSetRequest.NAME)
        String name,

        @Nullable String kind,
        List<FileOfSet> files) {
    /** What a set may be called. */
    static final String NAME = "^[a-z0-9][a-z0-9._\\-]{0,63}$";

    PuzzleSetRequest {
        Objects.requireNonNull(name, "'name' is missing");
        files = List.copyOf(Objects.requireNonNull(files, "'files' is missing"));
    }

    /**
     * @param path relative to the dataset's directory, with '/'. The document says which files of a directory make a set, as
     *     the authors' scripts write it, and as a compact set has it: more than these is not looked at
     */
    record FileOfSet(
            @Schema(
                    extensions = {
                        @Extension(name = "x-files-of-dataset", value = FileOfSet.DATASET),
                        @Extension(name = "x-files-of-compact-set", value = FileOfSet.COMPACT)
                    })
            String path,

            UUID upload) {
        static final String DATASET = "^(test/(dataset\\.json|[^/]+\\.npy)|identifiers\\.json|test_puzzles\\.json)$";
        static final String COMPACT = "^(manifest|test_puzzles|identifiers)\\.json$|^puzzles\\.npy$";

        FileOfSet {
            Objects.requireNonNull(path, "'path' is missing");
            Objects.requireNonNull(upload, "'upload' is missing");
        }
    }
}
