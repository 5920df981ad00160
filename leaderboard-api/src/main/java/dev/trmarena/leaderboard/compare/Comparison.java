package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.EvaluationView;
import java.util.List;

/**
 * Evaluations of one puzzle set, task by task. A task is solved when all its outputs are.
 *
 * @param evaluations two to six, in the order in which they were asked for; {@code solved} has one truth for each, in that order
 * @param patterns how many tasks each set of the evaluations solves, those that divide them most first; none that is empty
 * @param pairs each two of them
 * @param tasks the first page, those that divide them most first
 */
public record Comparison(
        List<EvaluationView> evaluations,
        int taskCount,
        List<Pattern> patterns,
        List<Pair> pairs,
        ComparedTasks tasks) {
    public Comparison {
        evaluations = List.copyOf(evaluations);
        patterns = List.copyOf(patterns);
        pairs = List.copyOf(pairs);
    }

    /** @param tasks so many are solved by exactly these, at least 1 */
    public record Pattern(List<Boolean> solved, int tasks) {
        public Pattern {
            solved = List.copyOf(solved);
        }
    }

    /**
     * Two of the evaluations, by their places from 0.
     *
     * @param both tasks that both solve
     * @param neither tasks that none of the two solves
     * @param pValue McNemar's exact test, two-sided
     * @param significant whether that is below 5 %
     */
    public record Pair(
            int first,
            int second,
            int both,
            int onlyFirst,
            int onlySecond,
            int neither,
            double pValue,
            boolean significant) {}
}
