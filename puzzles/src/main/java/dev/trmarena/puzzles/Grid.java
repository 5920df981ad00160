package dev.trmarena.puzzles;

import java.security.MessageDigest;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A rectangle of cells, row-major, each a number from 0 to 255: colours of ARC, tokens of other puzzles. 0×0 is a grid too.
 */
public record Grid(int rows, int columns, byte[] cells) {
    public Grid {
        if (rows < 0 || columns < 0 || rows > 255 || columns > 255 || cells.length != rows * columns) {
            throw new IllegalArgumentException(rows + " rows, " + columns + " columns, " + cells.length + " cells");
        }
        cells = cells.clone();
    }

    /** @throws IllegalArgumentException when rows differ in length or a cell is not from 0 to 255 */
    public static Grid ofRows(int[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        byte[] cells = new byte[rows.length * columns];
        for (int r = 0; r < rows.length; r++) {
            if (rows[r].length != columns) {
                throw new IllegalArgumentException(
                        "row " + r + " has " + rows[r].length + " cells, row 0 has " + columns);
            }
            for (int c = 0; c < columns; c++) {
                if (rows[r][c] < 0 || rows[r][c] > 255) {
                    throw new IllegalArgumentException("row " + r + ", column " + c + " is " + rows[r][c]);
                }
                cells[r * columns + c] = (byte) rows[r][c];
            }
        }
        return new Grid(rows.length, columns, cells);
    }

    @Override
    public byte[] cells() {
        return cells.clone();
    }

    public int cell(int row, int column) {
        return cells[row * columns + column] & 0xff;
    }

    public int[][] toRows() {
        int[][] out = new int[rows][columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                out[r][c] = cell(r, c);
            }
        }
        return out;
    }

    /** SHA-256 of (rows byte, columns byte, cells): the authors' {@code grid_hash}. */
    public byte[] digest() {
        MessageDigest sha = DigestUtils.getSha256Digest();
        sha.update((byte) rows);
        sha.update((byte) columns);
        return sha.digest(cells);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grid grid
                && rows == grid.rows
                && columns == grid.columns
                && Arrays.equals(cells, grid.cells);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + columns) + Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return rows + "×" + columns + Arrays.deepToString(toRows());
    }
}
