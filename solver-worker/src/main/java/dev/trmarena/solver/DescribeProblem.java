package dev.trmarena.solver;

import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.solver.adapt.TrainingDiverged;
import dev.trmarena.supervise.engine.BadLibtorch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** What the commands of this module say when they fail: where, what, and what to do. */
final class DescribeProblem {
    /** Exit status of a command that failed. */
    static final int FAILED = 1;

    private DescribeProblem() {}

    static String of(Exception problem) {
        if (problem instanceof BadCheckpoint bad) {
            return sentence(bad.file(), bad.place(), bad.problem(), bad.remedy());
        }
        if (problem instanceof BadLibtorch bad) {
            return bad.getMessage() + "\n  " + bad.remedy();
        }
        if (problem instanceof InputProblem bad) {
            return sentence(bad.file(), bad.place(), bad.problem(), bad.remedy());
        }
        if (problem instanceof NoSuchFileException missing) {
            return missing.getFile() + ": there is no such file";
        }
        return problem instanceof IllegalArgumentException
                        || problem instanceof IOException
                        || problem instanceof UncheckedIOException
                        || problem instanceof TrainingDiverged
                ? String.valueOf(problem.getMessage())
                : String.valueOf(problem);
    }

    private static String sentence(String file, @Nullable String place, String problem, String remedy) {
        return file + (place == null ? "" : ", " + place) + ": " + problem + "\n  " + remedy;
    }
}
