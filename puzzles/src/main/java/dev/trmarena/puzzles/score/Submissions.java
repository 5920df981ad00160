package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.arc.Submission;
import dev.trmarena.puzzles.set.PuzzleSet;

/** What an evaluation would hand in. */
public final class Submissions {
    private Submissions() {}

    /** Every task and test output in order. @param asAuthors see {@link Submission#Submission} */
    public static Submission of(PuzzleSet set, ScoreSheet sheet, boolean asAuthors) {
        var submission = new Submission(asAuthors);
        for (OutputResult output : sheet.outputs()) {
            submission.add(
                    set.taskName(output.task()),
                    output.top().stream().map(RankedCandidate::grid).toList());
        }
        return submission;
    }
}
