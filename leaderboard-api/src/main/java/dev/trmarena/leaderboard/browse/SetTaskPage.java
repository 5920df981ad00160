package dev.trmarena.leaderboard.browse;

import dev.trmarena.leaderboard.board.EncodedGrid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some tasks of a puzzle set.
 *
 * @param total tasks that the filters let through, on all pages
 * @param models that were evaluated here, each with its best evaluation; 0 before the first is counted
 * @param solutionsHidden whether nobody here knows which answers are right: nobody solved any then
 * @param next what {@code after} has to be for the following page; null when this is the last
 */
public record SetTaskPage(
        String kind,
        int total,
        int models,
        boolean solutionsHidden,
        List<ListedTask> tasks,
        @Nullable Integer next) {
    public SetTaskPage {
        tasks = List.copyOf(tasks);
    }

    /**
     * @param index its number in the set, from 0
     * @param id what it is called in addresses: its name, or where tasks have none its number from 1
     * @param solved models that solved it within the attempts of the kind
     * @param outputs test outputs
     * @param rows of the first test input
     * @param colours colours of ARC that its grids have, solutions left out; null for other kinds
     * @param thumbnail the first test input
     */
    public record ListedTask(
            int index,
            String id,
            String name,
            int solved,
            int outputs,
            int rows,
            int columns,
            @Nullable Integer colours,
            EncodedGrid thumbnail) {}
}
