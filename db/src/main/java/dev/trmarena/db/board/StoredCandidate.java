package dev.trmarena.db.board;

import dev.trmarena.puzzles.Grid;
import org.jdbi.v3.core.mapper.Nested;

/** A candidate of a test output, as it was ranked when the evaluation finished. */
public record StoredCandidate(
        int task, int output, int rank, @Nested("grid_") Grid grid, int votes, double meanHalt) {}
