package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.InputProblem;
import org.jspecify.annotations.Nullable;

/** Compares the sizes that a file says with what is read, before anything is allocated for them. */
final class ReadSize {
    private ReadSize() {}

    /** @throws InputProblem naming both numbers */
    static void require(String file, @Nullable String place, long size, int most) {
        if (size > most) {
            throw new InputProblem(
                    file,
                    place,
                    place == null
                            ? "it has " + size + " entries, at most " + most + " are read"
                            : "it is " + size + ", at most " + most + " are read",
                    "Check what wrote it; a larger set is imported as several.");
        }
    }
}
