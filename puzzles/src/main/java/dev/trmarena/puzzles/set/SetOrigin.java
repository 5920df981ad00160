package dev.trmarena.puzzles.set;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a stored puzzle set came to be, as far as its manifest tells. */
public enum SetOrigin {
    /** Built of raw ARC tasks by the recipe in the manifest. */
    RECIPE,
    /** Imported as a dataset directory, as the models' authors' scripts build it. */
    DIRECTORY,
    /** Imported as a CSV, or as the directory made of one: both give the same set, down to its digest. */
    CSV_OR_DIRECTORY;

    /** As it stands in the API. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SetOrigin of(PuzzleSetManifest manifest) {
        if (manifest.recipe() != null) {
            return RECIPE;
        }
        boolean csv = !manifest.kind().augmented()
                && manifest.identifierCount() == 1
                && Integer.valueOf(0).equals(manifest.ignoreLabel());
        return csv ? CSV_OR_DIRECTORY : DIRECTORY;
    }
}
