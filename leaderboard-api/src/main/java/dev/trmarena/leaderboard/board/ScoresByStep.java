package dev.trmarena.leaderboard.board;

import dev.trmarena.puzzles.score.Interval;
import java.util.List;
import java.util.Map;

/**
 * What recursion bought: the scores after each improvement step of one run.
 *
 * @param metric the one that ranks sets of this kind, and that the intervals are of
 * @param steps in order; none when the steps were not followed
 * @param kept whether what was answered after them is there to look at, of some tasks at least
 */
public record ScoresByStep(String metric, List<Step> steps, boolean kept) {
    public ScoresByStep {
        steps = List.copyOf(steps);
    }

    /**
     * @param step from 1
     * @param scores by metric, 0 to 1, had every example stopped here
     * @param interval 95 %
     */
    public record Step(int step, Map<String, Double> scores, Interval interval) {}
}
