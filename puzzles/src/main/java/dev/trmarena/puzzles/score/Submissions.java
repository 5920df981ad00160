package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.arc.Submission;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.Optional;

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
        return set.submission(asAuthors).map(submission -> {
            for (OutputResult output : sheet.outputs()) {
                submission.add(
                        set.taskName(output.task()),
                        output.top().stream().map(RankedCandidate::grid).toList());
            }
            return submission;
        });
    }
}
