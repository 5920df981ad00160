package dev.trmarena.db.record;

import dev.trmarena.puzzles.grid.Grid;

/** A prediction as it is stored: the grid that votes, and the halt logit of the last step. */
public record GridPrediction(int example, Grid grid, float qHalt) {}
