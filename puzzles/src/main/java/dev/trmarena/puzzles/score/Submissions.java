package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.arc.Submission;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.Optional;
import java.util.function.IntFunction;

/** What an evaluation would hand in. */
public final class Submissions {
    private Submissions() {}

    /**
     * Every task and test output in order.
     *
     * @param asAuthors see {@link Submission#Submission}
     * @return empty where there is nobody to hand one in to
     */
    public static Optional<Submission> of(PuzzleSet set, ScoreSheet sheet, boolean asAuthors) {
        return set.submission(asAuthors).map(submission -> add(set::taskName, sheet, submission));
    }

    /** Of ARC tasks alone, in the same way. @param taskName of a task by its number */
    public static Submission of(IntFunction<String> taskName, ScoreSheet sheet) {
        return add(taskName, sheet, new Submission(false));
    }

    private static Submission add(IntFunction<String> taskName, ScoreSheet sheet, Submission submission) {
        for (OutputResult output : sheet.outputs()) {
            submission.add(
                    taskName.apply(output.task()),
                    output.top().stream().map(RankedCandidate::grid).toList());
        }
        return submission;
    }
}
