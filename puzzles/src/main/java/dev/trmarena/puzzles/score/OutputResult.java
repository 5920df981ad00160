package dev.trmarena.puzzles.score;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a test output was answered.
 *
 * @param candidates distinct grids predicted for it
 * @param solutionRank rank of the solution among them, from 1; null when none is right
 * @param wrongCells of the first attempt; null without one, or when its size is wrong
 * @param top the best candidates in rank order
 * @param firstRank rank of the first of these: 1, unless attempts before it are no answers
 */
public record OutputResult(
        int task,
        int output,
        int candidates,
        @Nullable Integer solutionRank,
        @Nullable Integer wrongCells,
        List<RankedCandidate> top,
        int firstRank) {
    /** Candidates kept for looking at. */
    public static final int TOP = 10;

    public OutputResult {
        top = List.copyOf(top);
    }

    public OutputResult(
            int task,
            int output,
            int candidates,
            @Nullable Integer solutionRank,
            @Nullable Integer wrongCells,
            List<RankedCandidate> top) {
        this(task, output, candidates, solutionRank, wrongCells, top, 1);
    }

    /** One that nothing was answered to. */
    public static OutputResult unanswered(int task, int output) {
        return new OutputResult(task, output, 0, null, null, List.of());
    }

    /** The same without its candidates, which are most of what it takes. */
    OutputResult bare() {
        return new OutputResult(task, output, candidates, solutionRank, wrongCells, List.of());
    }

    public boolean solvedWithin(int attempts) {
        return solutionRank != null && solutionRank <= attempts;
    }
}
