package dev.trmarena.leaderboard.board;

import dev.trmarena.puzzles.Grid;

/**
 * A grid as it travels.
 *
 * @param cells row-major, one byte a cell, base64 in JSON: ARC colours 0 to 9; elsewhere tokens (Sudoku: digit + 1, blank 1)
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedGrid(int rows, int columns, byte[] cells) {
    public static EncodedGrid of(Grid grid) {
        return new EncodedGrid(grid.rows(), grid.columns(), grid.cells());
    }
}
