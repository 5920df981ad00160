package dev.trmarena.puzzles.arc;

import dev.trmarena.puzzles.grid.Grid;

/** The 30×30 canvas of ARC tokens: 0 padding, 1 end marker, 2 to 11 the ten colours. */
public final class Canvas {
    public static final int SIDE = 30;
    public static final int TOKENS = SIDE * SIDE;

    private Canvas() {}

    /**
     * The largest rectangle of colours from the top-left corner; among equal areas the one with the fewest rows; 0×0 when the
     * corner is no colour. Source: {@code _crop} of the authors' {@code evaluators/arc.py}.
     */
    public static Grid crop(byte[] tokens) {
        if (tokens.length != TOKENS) {
            throw new IllegalArgumentException("a canvas has " + TOKENS + " tokens, not " + tokens.length);
        }
        int bestRows = 0;
        int bestColumns = 0;
        int columns = SIDE;
        for (int row = 0; row < SIDE; row++) {
            for (int c = 0; c < columns; c++) {
                int token = tokens[row * SIDE + c] & 0xff;
                if (token < 2 || token > 11) {
                    columns = c;
                }
            }
            if ((row + 1) * columns > bestRows * bestColumns) {
                bestRows = row + 1;
                bestColumns = columns;
            }
        }
        byte[] cells = new byte[bestRows * bestColumns];
        for (int r = 0; r < bestRows; r++) {
            for (int c = 0; c < bestColumns; c++) {
                cells[r * bestColumns + c] = (byte) (tokens[r * SIDE + c] - 2);
            }
        }
        return new Grid(bestRows, bestColumns, cells);
    }
}
