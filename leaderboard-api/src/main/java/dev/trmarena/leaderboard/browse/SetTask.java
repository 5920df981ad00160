package dev.trmarena.leaderboard.browse;

import dev.trmarena.leaderboard.board.EncodedGrid;
import dev.trmarena.leaderboard.board.TaskDetail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of a puzzle set, whoever answered it.
 *
 * @param index its number in the set, from 0
 * @param id what it is called in addresses: its name, or where tasks have none its number from 1
 * @param models that were evaluated here, each with its best evaluation; 0 before the first is counted
 * @param solved of these, within the attempts of the kind
 * @param solutionsHidden whether nobody here knows the solutions
 * @param previousTask what the task before it in the set is called; null for the first
 * @param nextTask what the task behind it is called; null for the last
 */
public record SetTask(
        int index,
        String id,
        String name,
        String kind,
        int models,
        int solved,
        boolean solutionsHidden,
        List<TaskDetail.Demonstration> demonstrations,
        List<UnansweredOutput> outputs,
        @Nullable String previousTask,
        @Nullable String nextTask) {
    public SetTask {
        demonstrations = List.copyOf(demonstrations);
        outputs = List.copyOf(outputs);
    }

    /**
     * @param expected the solution; null where the solutions are hidden
     * @param ignoredCell what a cell of the solution is where it does not count; null when all count
     */
    public record UnansweredOutput(
            int index,
            EncodedGrid input,
            @Nullable EncodedGrid expected,
            @Nullable Integer ignoredCell) {}
}
