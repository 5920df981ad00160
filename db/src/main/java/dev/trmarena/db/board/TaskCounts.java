package dev.trmarena.db.board;

import dev.trmarena.puzzles.set.TaskVerdict;
import java.util.Map;

/**
 * How many tasks of a finished evaluation went how.
 *
 * @param right whose test outputs are all solved within the attempts
 * @param verdicts by verdict; those that no task got may be left out
 */
public record TaskCounts(int all, int right, Map<TaskVerdict, Integer> verdicts) {
    public TaskCounts {
        verdicts = Map.copyOf(verdicts);
    }

    public int of(TaskVerdict verdict) {
        return verdicts.getOrDefault(verdict, 0);
    }

    /** Those that a selection lets through, on all its pages. */
    public int of(TaskSelection selection) {
        TaskVerdict verdict = selection.verdict();
        if (verdict != null) {
            return of(verdict);
        }
        Boolean onlyRight = selection.right();
        return onlyRight == null ? all : onlyRight ? right : all - right;
    }
}
