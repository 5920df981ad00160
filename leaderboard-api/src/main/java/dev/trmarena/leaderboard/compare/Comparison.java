package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.EvaluationView;
import java.util.List;

/**
 * Two evaluations of one puzzle set, task by task. A task is solved when all its outputs are.
 *
 * @param both tasks that both solve
 * @param neither tasks that none solves
 * @param onlyFirst tasks that only the first solves, in the order of the set; at most 200 of them
 * @param onlyFirstCount how many these are in all
 * @param onlySecond tasks that only the second solves, likewise
 * @param onlySecondCount how many these are in all
 * @param pValue McNemar's exact test, two-sided
 * @param significant whether that is below 5 %
 */
public record Comparison(
        EvaluationView first,
        EvaluationView second,
        int both,
        int neither,
        List<Task> onlyFirst,
        int onlyFirstCount,
        List<Task> onlySecond,
        int onlySecondCount,
        double pValue,
        boolean significant) {
    /** Of each list: more than anybody reads. */
    static final int MOST_TASKS = 200;

    public Comparison {
        onlyFirst = List.copyOf(onlyFirst);
        onlySecond = List.copyOf(onlySecond);
    }

    /** @param index as in the addresses of tasks */
    public record Task(int index, String name) {}
}
