package dev.trmarena.ingest.puzzleset;

import dev.trmarena.http.refuse.Problem;
import dev.trmarena.puzzles.InputProblem;
import java.nio.file.Path;

/** Input problems in the words of the sender, who knows nothing of work folders. */
public final class Problems {
    private static final int UNPROCESSABLE = 422;

    private Problems() {}

    public static Problem of(InputProblem e, Path folder) {
        return Problem.of(
                UNPROCESSABLE,
                named(e.file(), folder),
                e.place() == null ? null : named(e.place(), folder),
                named(e.problem(), folder),
                named(e.remedy(), folder));
    }

    private static String named(String text, Path folder) {
        return text.replace(folder + "/", "").replace(folder.toString(), "the dataset's folder");
    }
}
