package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.BoardRow;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.SolvedTasks;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation with the scores that a board shows of it, which are not its own where tasks are left out.
 *
 * @param scores by metric; empty where the solutions are hidden
 * @param intervals by metric, of those scores that have one
 * @param solved of the tasks that these scores are of
 */
record ScoredEvaluation(
        BoardRow evaluation, Map<String, Double> scores, Map<String, Interval> intervals, SolvedTasks solved) {
    @Nullable
    Double score(String metric) {
        return scores.get(metric);
    }
}
