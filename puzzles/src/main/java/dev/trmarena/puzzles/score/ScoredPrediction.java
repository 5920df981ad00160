package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.set.PuzzleSet;
import org.jspecify.annotations.Nullable;

/**
 * A prediction as it is scored.
 *
 * @param grid see {@link PuzzleSet#prediction}
 * @param qHalt halt logit of the last step
 * @param beforeVoting what the labels of the example say of the answer's tokens, where these are not the grid; null where they are,
 *     where no labels are known, and of predictions that were recorded before this was
 */
public record ScoredPrediction(
        int example, Grid grid, float qHalt, @Nullable LabelMatch beforeVoting) {
    /** The grid says all. */
    public ScoredPrediction(int example, Grid grid, float qHalt) {
        this(example, grid, qHalt, null);
    }

    /** @param tokens L of them, as the network gave them */
    public static ScoredPrediction of(PuzzleSet set, int example, byte[] tokens, float qHalt) {
        LabelMatch match = set.labelBeforeVoting(example)
                .map(labels -> LabelMatch.of(labels, tokens, set.manifest().ignoreLabel()))
                .orElse(null);
        return new ScoredPrediction(example, set.prediction(example, tokens), qHalt, match);
    }
}
