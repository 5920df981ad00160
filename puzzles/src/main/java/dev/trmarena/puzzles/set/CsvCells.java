package dev.trmarena.puzzles.set;

/** How a CSV writes the cells of a puzzle, a character each. Token 0 is padding, which no cell is. */
enum CsvCells {
    /** Digits, blanks as '.' or '0'; the token is the digit + 1. */
    SUDOKU("Sudoku of 4, 16, 25, 36, 49, 64 or 81 cells") {
        @Override
        int token(char cell, int side) {
            int token = cell == '.' ? BLANK : cell - '0' + 1;
            return token >= BLANK && token <= side + 1 ? token : 0;
        }

        @Override
        boolean mayAnswer(int token) {
            return token != BLANK;
        }

        @Override
        int vocabSize(int side) {
            return side + 2;
        }

        @Override
        boolean fits(int side) {
            return side >= 2 && side <= 9;
        }
    },

    /** Wall, path, start, goal and the way, tokens 1 to 5. */
    MAZE("square maze") {
        @Override
        int token(char cell, int side) {
            return MAZE_CELLS.indexOf(cell) + 1;
        }

        @Override
        boolean mayAnswer(int token) {
            return true;
        }

        @Override
        int vocabSize(int side) {
            return MAZE_CELLS.length() + 1;
        }

        @Override
        boolean fits(int side) {
            return side >= 2;
        }
    };

    private static final int BLANK = 1;
    private static final String MAZE_CELLS = "# SGo";

    private final String what;

    CsvCells(String what) {
        this.what = what;
    }

    /** 0 when there is no such cell in a puzzle of this side. */
    abstract int token(char cell, int side);

    /** Whether the cell may stand in an answer. */
    abstract boolean mayAnswer(int token);

    /** V: padding, and the cells. */
    abstract int vocabSize(int side);

    /** Whether there are such puzzles of n×n cells. @param side 0 when the cells make no square */
    abstract boolean fits(int side);

    /** The puzzles that fit, in words. */
    String what() {
        return what;
    }
}
