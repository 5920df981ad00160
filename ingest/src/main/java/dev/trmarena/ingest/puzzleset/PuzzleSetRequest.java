package dev.trmarena.ingest.puzzleset;

import dev.trmarena.http.refuse.JsonRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What POST /api/puzzle-sets takes.
 *
 * @param name of the new set
 * @param kind {@code sudoku}, {@code maze}, {@code arc} or {@code sequence}; null to recognise it
 * @param replaces name of the set in whose place this one is; its board stays, and says so
 * @param files a CSV alone, or the files of the authors' dataset directory
 */
@JsonRequest(mostBytes = 1 << 20)
record PuzzleSetRequest(
        @NotNull
        @Pattern(
                regexp = PuzzleSetRequest.NAME,
                message =
                        "a puzzle set's name is 1 to 64 of a-z, 0-9, '.', '_', '-', and starts with a letter or digit")
        @Schema(minLength = 1, maxLength = 64)
        String name,

        @Nullable String kind,
        @Nullable String replaces,

        @NotEmpty(message = "name a CSV, or the files of a dataset directory")
        List<@NotNull @Valid FileOfSet> files) {
    /** What a set may be called. */
    static final String NAME = "^[a-z0-9][a-z0-9._\\-]{0,63}$";

    /**
     * @param path relative to the dataset's directory, with '/'. The document says which files of a directory make a set, as
     *     the authors' scripts write it, and as a compact set has it: more than these is not looked at
     */
    record FileOfSet(
            @NotNull
            @Schema(
                    extensions = {
                        @Extension(name = "x-files-of-dataset", value = FileOfSet.DATASET),
                        @Extension(name = "x-files-of-compact-set", value = FileOfSet.COMPACT)
                    })
            String path,

            @NotNull UUID upload) {
        static final String DATASET = "^(test/(dataset\\.json|[^/]+\\.npy)|identifiers\\.json|test_puzzles\\.json)$";
        static final String COMPACT = "^(manifest|test_puzzles|identifiers)\\.json$|^puzzles\\.npy$";
    }
}
