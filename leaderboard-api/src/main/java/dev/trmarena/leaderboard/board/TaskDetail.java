package dev.trmarena.leaderboard.board;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything to see of one task of a finished evaluation. */
public record TaskDetail(
        int index, String name, String kind, List<Demonstration> demonstrations, List<TestOutput> outputs) {
    public TaskDetail {
        demonstrations = List.copyOf(demonstrations);
        outputs = List.copyOf(outputs);
    }

    /** ARC: a pair shown with the task. */
    public record Demonstration(EncodedGrid input, EncodedGrid output) {}

    /**
     * @param expected the solution; null where the solutions are hidden
     * @param solutionRank rank of the solution among all candidates, from 1; null when none is right, or nobody knows
     */
    public record TestOutput(
            int index,
            EncodedGrid input,
            @Nullable EncodedGrid expected,
            List<Candidate> candidates,
            @Nullable Integer solutionRank) {
        public TestOutput {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * @param votes examples that predicted this grid
     * @param meanHalt mean of their halt scores, 0 to 1
     * @param correct null where the solutions are hidden
     * @param wrongCells null when its size is wrong, or where the solutions are hidden
     */
    public record Candidate(
            int rank,
            EncodedGrid grid,
            int votes,
            double meanHalt,
            @Nullable Boolean correct,
            @Nullable Integer wrongCells) {}
}
