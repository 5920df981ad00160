package dev.trmarena.db.record;

import dev.trmarena.puzzles.Grid;
import java.util.List;

/**
 * A prediction as it is stored.
 *
 * @param grid the one that votes
 * @param qHalt halt logit of the last step
 * @param steps behind the answer
 * @param trail bytes of {@link dev.trmarena.puzzles.score.StepHistory}; empty when the steps were not followed
 * @param replay the grid after each step; empty when none is kept
 */
@SuppressWarnings("ArrayRecordComponent")
public record GridPrediction(int example, Grid grid, float qHalt, int steps, byte[] trail, List<Frame> replay) {
    public GridPrediction {
        replay = List.copyOf(replay);
    }

    /** What was answered after a step. */
    public record Frame(Grid grid, float qHalt) {}
}
