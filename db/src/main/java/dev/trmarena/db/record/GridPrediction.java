package dev.trmarena.db.record;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.score.ScoredPrediction;
import java.util.List;

/**
 * A prediction as it is stored: as it is scored, with what else is kept of it.
 *
 * @param steps behind the answer
 * @param stepHistory bytes of {@link dev.trmarena.puzzles.score.StepHistory}; empty when the steps were not followed
 * @param replay the grid after each step; empty when none is kept
 */
@SuppressWarnings("ArrayRecordComponent")
public record GridPrediction(ScoredPrediction scored, int steps, byte[] stepHistory, List<Frame> replay) {
    public GridPrediction {
        replay = List.copyOf(replay);
    }

    public int example() {
        return scored.example();
    }

    /** What was answered after a step. */
    public record Frame(Grid grid, float qHalt) {}
}
