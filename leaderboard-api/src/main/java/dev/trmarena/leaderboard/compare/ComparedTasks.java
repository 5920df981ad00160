package dev.trmarena.leaderboard.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some tasks of a set and who solved them, those that divide the evaluations most first.
 *
 * @param next what {@code after} has to be for the following page; null when this is the last
 */
public record ComparedTasks(
        List<ComparedTask> tasks, @Nullable Integer next) {
    public ComparedTasks {
        tasks = List.copyOf(tasks);
    }

    /**
     * @param index as in the addresses of tasks
     * @param solved a truth for each evaluation, in their order
     */
    public record ComparedTask(int index, String name, List<Boolean> solved) {
        public ComparedTask {
            solved = List.copyOf(solved);
        }
    }
}
