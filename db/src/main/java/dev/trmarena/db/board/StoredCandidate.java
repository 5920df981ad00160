package dev.trmarena.db.board;

import dev.trmarena.puzzles.Grid;

/** A candidate of a test output, as it was ranked when the evaluation finished. */
public record StoredCandidate(int task, int output, int rank, Grid grid, int votes, double meanHalt) {}
