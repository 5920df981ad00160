package dev.trmarena.ingest.puzzleset;

import dev.trmarena.http.refuse.JsonRequest;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.puzzles.arc.ArcRecipe;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
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
 * @param recipe how to build an ARC set of raw tasks; null when the files are a set already
 * @param files a CSV alone, the files of the authors' dataset directory, or with a recipe raw ARC tasks: {@code SUBSET_challenges.json} with
 *     {@code SUBSET_solutions.json}, or {@code SUBSET/TASK.json}
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
        @Nullable @Valid Recipe recipe,

        @NotEmpty(message = "name a CSV, or the files of a dataset directory")
        List<@NotNull @Valid FileOfSet> files) {
    /** What a set may be called. */
    static final String NAME = "^[a-z0-9][a-z0-9._\\-]{0,63}$";

    /**
     * As the models' authors build theirs.
     *
     * @param subsets in the order of reading; each once
     * @param testSets those of them whose test outputs are predicted
     * @param augmentations of each task
     * @param seed of NumPy's legacy generator; null for 42
     */
    record Recipe(
            @NotNull @Size(min = 1, max = MOST_SUBSETS, message = "a recipe has 1 to 20 subsets")
            List<
                            @NotNull
                            @Pattern(
                                    regexp = SUBSET,
                                    message = "a subset is named by 1 to 100 of A-Z, a-z, 0-9, '.', '_', '-'")
                            String>
                    subsets,

            @NotNull @Size(min = 1, max = MOST_SUBSETS, message = "a recipe has 1 to 20 test sets")
            List<@NotNull String> testSets,

            @Min(value = 0, message = AUGMENTATIONS) @Max(value = MOST_AUGMENTATIONS, message = AUGMENTATIONS)
            int augmentations,

            @Nullable Long seed) {
        private static final int MOST_SUBSETS = 20;
        private static final int MOST_AUGMENTATIONS = 1000;
        private static final String AUGMENTATIONS = "a recipe has 0 to 1000 augmentations";
        private static final String SUBSET = "^[A-Za-z0-9][A-Za-z0-9._\\-]{0,99}$";
        private static final long SEED = 42;

        /** @throws Refusal 400 when there is no such recipe */
        ArcRecipe checked() {
            try {
                return new ArcRecipe(
                        subsets, testSets, augmentations, seed == null ? SEED : seed, ArcRecipe.SplitOrder.TRAIN_TEST);
            } catch (IllegalArgumentException e) {
                throw new Refusal(400, "there is no such recipe: " + e.getMessage(), "correct 'recipe'");
            }
        }
    }

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
