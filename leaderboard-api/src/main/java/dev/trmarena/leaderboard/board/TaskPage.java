package dev.trmarena.leaderboard.board;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some tasks of a finished evaluation.
 *
 * @param total tasks that the filter lets through, on all pages
 * @param right tasks of the evaluation whose test outputs are all solved, whatever the filter
 * @param wrong the others
 * @param solutionsHidden whether nobody here knows which are right: both numbers are 0 then
 */
public record TaskPage(int total, int right, int wrong, boolean solutionsHidden, List<Summary> tasks) {
    public TaskPage {
        tasks = List.copyOf(tasks);
    }

    /**
     * @param outputs number of test outputs
     * @param solved how many of them were solved
     * @param wrongCells of the first attempt at the first output; null when its size is wrong or there is none
     * @param thumbnail the first attempt at the first output
     */
    public record Summary(
            int index,
            String name,
            int outputs,
            int solved,
            @Nullable Integer wrongCells,
            @Nullable EncodedGrid thumbnail) {}
}
