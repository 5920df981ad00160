package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.Grid;

/**
 * A grid that was predicted for a test output.
 *
 * @param votes examples that predicted it
 * @param meanHalt mean of their halt scores, sigmoid(q_halt)
 */
public record RankedCandidate(Grid grid, int votes, double meanHalt) {}
