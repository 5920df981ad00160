package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.Grid;

/**
 * A prediction as it is scored.
 *
 * @param grid see {@link dev.trmarena.puzzles.set.PuzzleSet#prediction}
 * @param qHalt halt logit of the last step
 */
public record ScoredPrediction(int example, Grid grid, float qHalt) {}
