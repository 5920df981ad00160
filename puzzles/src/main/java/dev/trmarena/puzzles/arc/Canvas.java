package dev.trmarena.puzzles.arc;

import dev.trmarena.puzzles.Grid;
import java.util.Arrays;

/** The 30×30 canvas of ARC tokens: 0 padding, 1 end marker, 2 to 11 the ten colours. */
public final class Canvas {
    public static final int SIDE = 30;
    public static final int TOKENS = SIDE * SIDE;

    /** V: padding, the end marker, ten colours. */
    public static final int VOCABULARY = 12;

    private static final byte END = 1;
    private static final int FIRST_COLOUR = 2;

    private Canvas() {}

    /**
     * Writes a grid into an empty canvas, with the end marker in the row just below and the column just right of it, where
     * there is room. Source: {@code docs/scoring.md}, section 2.
     *
     * @param grid of colours 0 to 9
     * @param tokenOf the token of each colour
     * @param top first row of the grid
     * @param left first column of the grid
     * @param tokens holds the canvas, 900 zeros from {@code at} on
     */
    public static void place(Grid grid, byte[] tokenOf, int top, int left, byte[] tokens, int at) {
        int rows = grid.rows();
        int columns = grid.columns();
        boolean markerRight = left + columns < SIDE;
        int start = at + top * SIDE + left;
        for (int r = 0; r < rows; r++, start += SIDE) {
            for (int c = 0; c < columns; c++) {
                tokens[start + c] = tokenOf[grid.cell(r, c)];
            }
            if (markerRight) {
                tokens[start + columns] = END;
            }
        }
        if (top + rows < SIDE) {
            Arrays.fill(tokens, start, start + columns, END);
        }
    }

    /** The grid at the top-left of a canvas, in the colours 0 to 9. */
    public static byte[] of(Grid grid) {
        byte[] tokens = new byte[TOKENS];
        place(grid, tokensOf(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}), 0, 0, tokens, 0);
        return tokens;
    }

    /** The tokens of the ten colours after colour c became colours[c]. */
    public static byte[] tokensOf(byte[] colours) {
        byte[] tokens = new byte[colours.length];
        for (int c = 0; c < tokens.length; c++) {
            tokens[c] = (byte) (colours[c] + FIRST_COLOUR);
        }
        return tokens;
    }

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
            int start = row * SIDE;
            int c = 0;
            // Padding, the end marker and whatever is no token end a row; negative bytes are tokens above 127.
            while (c < columns && tokens[start + c] >= FIRST_COLOUR && tokens[start + c] < VOCABULARY) {
                c++;
            }
            columns = c;
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
