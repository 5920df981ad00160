package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.grid.Grid;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

/**
 * Takes predictions in any order, also twice, and hands them on in the order of their examples: what is scored then depends
 * on the predictions alone. Equal grids are kept once. Not safe for threads.
 */
public final class InExampleOrder implements Iterable<ScoredPrediction> {
    private final ScoredPrediction[] byExample;
    private final Map<Grid, Grid> grids = new HashMap<>();
    private int count;

    /** @param exampleCount of the puzzle set */
    public InExampleOrder(int exampleCount) {
        this.byExample = new ScoredPrediction[exampleCount];
    }

    /** Of two different predictions for one example (two solvers need not agree to the last bit) the same one stays, always. */
    public void add(ScoredPrediction prediction) {
        Objects.checkIndex(prediction.example(), byExample.length);
        ScoredPrediction known = byExample[prediction.example()];
        if (known == null) {
            count++;
        } else if (compare(known, prediction) <= 0) {
            return;
        }
        Grid grid = grids.computeIfAbsent(prediction.grid(), first -> first);
        byExample[prediction.example()] = new ScoredPrediction(prediction.example(), grid, prediction.qHalt());
    }

    private static int compare(ScoredPrediction a, ScoredPrediction b) {
        int byHalt = Float.compare(a.qHalt(), b.qHalt());
        int byRows =
                byHalt != 0 ? byHalt : Integer.compare(a.grid().rows(), b.grid().rows());
        return byRows != 0 ? byRows : Arrays.compare(a.grid().cells(), b.grid().cells());
    }

    /** Examples that have a prediction. */
    public int count() {
        return count;
    }

    @Override
    public Iterator<ScoredPrediction> iterator() {
        return Arrays.stream(byExample).filter(Objects::nonNull).iterator();
    }
}
