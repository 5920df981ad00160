package dev.trmarena.db.board;

import org.jspecify.annotations.Nullable;

/**
 * How a test output went, and its first candidate.
 *
 * @param candidates distinct grids predicted for it
 * @param solutionRank rank of the solution among them, from 1; null when none is right
 * @param wrongCells of the first candidate; null when its size is wrong or there is none
 * @param cells of the first candidate; null when there is none
 * @param votes for the first candidate; null when there is none
 * @param meanHalt mean halt score of these, 0 to 1; null when there is none
 */
public record OutputRow(
        int task,
        int output,
        int candidates,
        @Nullable Integer solutionRank,
        @Nullable Integer wrongCells,
        @Nullable Integer cells,
        @Nullable Integer votes,
        @Nullable Double meanHalt) {}
