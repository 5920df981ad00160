package dev.trmarena.leaderboard.browse;

import dev.trmarena.db.tally.ReadTally;
import dev.trmarena.db.tally.SolvedSelection;
import dev.trmarena.db.tally.Tally;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.leaderboard.browse.AskedSetTasks.Order;
import dev.trmarena.leaderboard.browse.AskedSetTasks.SolvedBy;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Picks a page of a set's tasks. What does not depend on who solved them follows from their numbers alone; for the rest the database
 * looks into what was counted.
 *
 * @param set its name
 * @param taskCount of the set
 * @param tally null before any evaluation was counted: nobody solved any task then
 */
record PickTasks(
        String set,
        int taskCount,
        @Nullable Tally tally,
        AskedSetTasks asked,
        @Nullable SolvedBy solvedBy,
        Order order,
        boolean descending) {
    /** @param tasks their numbers */
    record Picked(int total, List<Integer> tasks) {}

    /** @param after number of the last task of the page before; null for the first page */
    Picked page(Handle handle, @Nullable Integer after, int limit) {
        if (tally == null) {
            // All are solved by nobody, and none by one or by all of nobody.
            return solvedBy == null || solvedBy == SolvedBy.NOBODY ? numbered(after, limit) : new Picked(0, List.of());
        }
        return solvedBy == null && order == Order.NUMBER
                ? numbered(after, limit)
                : counted(handle, tally, after, limit);
    }

    private Picked numbered(@Nullable Integer after, int limit) {
        List<Integer> among = asked.among();
        IntStream numbers;
        if (among != null) {
            int count = among.size();
            numbers = IntStream.range(0, count).map(i -> among.get(descending ? count - 1 - i : i));
            if (after != null) {
                numbers = numbers.filter(task -> descending ? task < after : task > after);
            }
        } else if (descending) {
            int most = after == null ? taskCount : Math.min(after, taskCount);
            numbers = IntStream.iterate(most - 1, task -> task >= 0, task -> task - 1);
        } else {
            numbers = IntStream.range(after == null ? 0 : Math.max(0, after + 1), taskCount);
        }
        return new Picked(
                among == null ? taskCount : among.size(),
                numbers.limit(limit).boxed().toList());
    }

    private Picked counted(Handle handle, Tally counts, @Nullable Integer after, int limit) {
        var selection = new SolvedSelection(asked.among(), solvers(counts), order == Order.SOLVED, descending);
        ReadTally.Solved behind = null;
        if (after != null) {
            Integer solved = ReadTally.solved(handle, set, Collections.singletonList(after))
                    .get(after);
            if (solved == null) {
                throw new Refusal(
                        400,
                        "there is no task " + after + " to go on behind",
                        "`after` is the `next` of the page before; leave it out for the first page");
            }
            behind = new ReadTally.Solved(after, solved);
        }
        int total = asked.among() == null ? total(counts) : ReadTally.count(handle, set, selection);
        return new Picked(
                total,
                ReadTally.page(handle, set, selection, behind, limit).stream()
                        .map(ReadTally.Solved::task)
                        .toList());
    }

    private @Nullable Integer solvers(Tally counts) {
        return solvedBy == null
                ? null
                : switch (solvedBy) {
                    case NOBODY -> 0;
                    case ONE -> 1;
                    case ALL -> counts.evaluations();
                };
    }

    private int total(Tally counts) {
        return solvedBy == null
                ? taskCount
                : switch (solvedBy) {
                    case NOBODY -> counts.nobody();
                    case ONE -> counts.one();
                    case ALL -> counts.everybody();
                };
    }
}
