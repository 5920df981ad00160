package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.Grid;
import org.jspecify.annotations.Nullable;

/** How far a predicted grid is from the solution. */
public final class WrongCells {
    private WrongCells() {}

    /**
     * @param ignore a value of the solution that marks cells that do not count; null when all count
     * @return null when the sizes differ
     */
    public static @Nullable Integer between(Grid predicted, Grid solution, @Nullable Integer ignore) {
        if (predicted.rows() != solution.rows() || predicted.columns() != solution.columns()) {
            return null;
        }
        int wrong = 0;
        for (int r = 0; r < solution.rows(); r++) {
            for (int c = 0; c < solution.columns(); c++) {
                boolean counts = ignore == null || solution.cell(r, c) != ignore;
                wrong += counts && predicted.cell(r, c) != solution.cell(r, c) ? 1 : 0;
            }
        }
        return wrong;
    }
}
