package dev.trmarena.leaderboard.board;

import dev.trmarena.puzzles.set.TaskVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some tasks of a finished evaluation.
 *
 * @param total tasks that the filter lets through, on all pages
 * @param right tasks of the evaluation whose test outputs are all solved within the attempts, whatever the filter
 * @param wrong the others
 * @param verdicts how many tasks got each verdict that the set's kind knows, best first, whatever the filter
 * @param solutionsHidden whether nobody here knows which are right: the numbers are 0 then and there are no verdicts
 * @param next what {@code after} has to be for the following page; null when this is the last
 */
public record TaskPage(
        int total,
        int right,
        int wrong,
        List<Share> verdicts,
        boolean solutionsHidden,
        List<Summary> tasks,
        @Nullable Integer next) {
    public TaskPage {
        verdicts = List.copyOf(verdicts);
        tasks = List.copyOf(tasks);
    }

    /** @param tasks of the whole evaluation that got this verdict */
    public record Share(TaskVerdict verdict, int tasks) {}

    /**
     * @param outputs number of test outputs
     * @param solved how many of them were solved within the attempts
     * @param verdict null where the solutions are hidden
     * @param solutionRank rank of the solution, from 1, of the test output where it is worst; null when one has no right
     *     candidate, or nobody knows
     * @param wrongCells of the first attempt at the first output; null when its size is wrong or there is none
     * @param rightCells share of right cells of the first attempts at all outputs; null when the size of one is wrong
     * @param votes for the first candidate, of the output where it has least
     * @param meanHalt halt score of the first candidate, 0 to 1, of the output where it is least
     * @param thumbnail the first attempt at the first output
     */
    public record Summary(
            int index,
            String name,
            int outputs,
            int solved,
            @Nullable TaskVerdict verdict,
            @Nullable Integer solutionRank,
            @Nullable Integer wrongCells,
            @Nullable Double rightCells,
            int votes,
            double meanHalt,
            @Nullable EncodedGrid thumbnail) {}
}
