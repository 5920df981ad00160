package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.InputProblem;

/**
 * An equivalent Sudoku: digits renamed, perhaps transposed, bands and the rows in them permuted, stacks and columns likewise.
 * Source: {@code shuffle_sudoku} of the authors' {@code build_sudoku_dataset.py}, draw for draw, for boards of b²×b² cells.
 */
final class SudokuShuffle {
    private final int side;
    private final byte[] tokens;
    private final int[] from;

    /** @param side n of an n×n board, a square number */
    SudokuShuffle(int side, NumpyRandom random) {
        this.side = side;
        int box = boxOf(side);
        this.tokens = tokens(random);
        boolean transpose = random.random() < 0.5;
        int[] rows = lines(box, random);
        int[] columns = lines(box, random);
        this.from = new int[side * side];
        for (int i = 0; i < from.length; i++) {
            int row = rows[i / side];
            int column = columns[i % side];
            from[i] = transpose ? column * side + row : row * side + column;
        }
    }

    static int boxOf(int side) {
        int box = (int) Math.round(Math.sqrt(side));
        if (box * box != side) {
            throw new InputProblem(
                    "train.csv",
                    null,
                    "a Sudoku of " + side + "×" + side + " cells has no square boxes, so it cannot be augmented",
                    "Build it with --num-aug 0.");
        }
        return box;
    }

    /** New token of each token: 0 padding and 1 blank stay. */
    private byte[] tokens(NumpyRandom random) {
        int[] digits = new int[side];
        for (int d = 0; d < side; d++) {
            digits[d] = d + 1;
        }
        random.shuffle(digits);
        byte[] map = new byte[side + 2];
        map[1] = 1;
        for (int d = 0; d < side; d++) {
            map[d + 2] = (byte) (digits[d] + 1);
        }
        return map;
    }

    private static int[] lines(int box, NumpyRandom random) {
        int[] lines = new int[box * box];
        int next = 0;
        for (int band : random.permutation(box)) {
            for (int line : random.permutation(box)) {
                lines[next++] = band * box + line;
            }
        }
        return lines;
    }

    /** @param board n² tokens */
    byte[] apply(byte[] board) {
        byte[] shuffled = new byte[board.length];
        for (int i = 0; i < shuffled.length; i++) {
            shuffled[i] = tokens[board[from[i]]];
        }
        return shuffled;
    }
}
