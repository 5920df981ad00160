package dev.trmarena.leaderboard.download;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.Submission;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.List;
import java.util.function.Supplier;

/** {@code submission.json} as its test outputs are read. */
final class SubmissionPieces implements Supplier<byte[]> {
    /** Of an output, about: two grids of 900 cells, and what stands around them. */
    static final int OUTPUT_BYTES = 4096;

    private final PuzzleSet set;
    private final Submission submission;
    private final Pages<Attempts> pages;
    private boolean over;

    SubmissionPieces(PuzzleSet set, Submission submission, Pages<Attempts> pages) {
        this.set = set;
        this.submission = submission;
        this.pages = pages;
    }

    /** Of a test output. @param best candidates, in rank order */
    record Attempts(int task, int output, List<Grid> best) {}

    /** @return nothing when there is no more */
    @Override
    public byte[] get() {
        byte[] piece = new byte[0];
        // Outputs without predictions may be left out, and a page of those is not the end.
        while (piece.length == 0 && !over) {
            List<Attempts> page = pages.next();
            page.forEach(attempts -> submission.add(set.taskName(attempts.task()), attempts.best()));
            over = page.isEmpty();
            piece = over ? submission.toJson() : submission.taken();
        }
        return piece;
    }
}
