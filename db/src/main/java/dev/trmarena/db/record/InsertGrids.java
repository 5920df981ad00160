package dev.trmarena.db.record;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.RankedCandidate;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * Writes the grids of test outputs before these are written, some at a time, in transactions of their own: whoever writes the same grid waits
 * for a moment, and not until hundreds of thousands of rows are there. What is never named then, the sweep deletes.
 */
public final class InsertGrids implements Consumer<OutputResult> {
    private final Jdbi jdbi;
    private final SortedMap<byte[], Grid> slice = new TreeMap<>(Arrays::compareUnsigned);
    private int cells;

    public InsertGrids(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void accept(OutputResult output) {
        for (RankedCandidate candidate : output.top()) {
            Grid grid = candidate.grid();
            if (slice.put(grid.digest(), grid) == null) {
                cells += grid.rows() * grid.columns();
            }
        }
        if (slice.size() >= InsertOutputs.SLICE || cells >= InsertOutputs.SLICE_CELLS) {
            end();
        }
    }

    /** Writes what is left. */
    public void end() {
        if (slice.isEmpty()) {
            return;
        }
        jdbi.useTransaction(handle -> {
            UnusedGrids.keep(handle);
            InsertPredictions.grids(handle, slice);
        });
        slice.clear();
        cells = 0;
    }
}
