package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.BoardRow;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.ScoreSheet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation with the scores that a board shows of it, which are not its own where tasks are left out.
 *
 * @param scores by metric; empty where the solutions are hidden
 * @param intervals by metric, of those scores that have one
 * @param sheet who was right, on the tasks of these scores
 */
record ScoredEvaluation(
        BoardRow evaluation, Map<String, Double> scores, Map<String, Interval> intervals, ScoreSheet sheet) {
    @Nullable
    Double score(String metric) {
        return scores.get(metric);
    }
}
