package dev.trmarena.puzzles.set;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** How a CSV writes the cells of a puzzle, a character each, and what makes an answer one. Token 0 is padding, which no cell is. */
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

        @Override
        @Nullable
        String contradiction(byte[] question, byte[] answer, int side) {
            for (int i = 0; i < answer.length; i++) {
                if (question[i] != BLANK && question[i] != answer[i]) {
                    return "cell " + (i + 1) + " is given as " + (question[i] - 1) + ", the answer says "
                            + (answer[i] - 1);
                }
            }
            int box = PuzzleSetImport.sideOf(side);
            for (int line = 0; line < side; line++) {
                var rows = new BitSet();
                var columns = new BitSet();
                var boxes = new BitSet();
                for (int i = 0; i < side; i++) {
                    rows.set(answer[line * side + i] & 0xff);
                    columns.set(answer[i * side + line] & 0xff);
                    if (box > 0) {
                        int place = (line / box * box + i / box) * side + line % box * box + i % box;
                        boxes.set(answer[place] & 0xff);
                    }
                }
                if (rows.cardinality() < side) {
                    return "row " + (line + 1) + " of the answer has a digit twice";
                }
                if (columns.cardinality() < side) {
                    return "column " + (line + 1) + " of the answer has a digit twice";
                }
                if (box > 0 && boxes.cardinality() < side) {
                    return "box " + (line + 1) + " of the answer has a digit twice";
                }
            }
            return null;
        }

        @Override
        Metric validity() {
            return Metric.VALID_SOLUTION;
        }

        @Override
        boolean isValid(byte[] question, byte[] answer, byte[] labels, int side) {
            for (byte cell : answer) {
                if (cell <= BLANK || cell > side + 1) {
                    return false;
                }
            }
            return contradiction(question, answer, side) == null;
        }

        @Override
        int secondSolution(byte[] question, byte[] answer, int side, int mostSteps) {
            int box = PuzzleSetImport.sideOf(side);
            return box == 0 ? 0 : new SecondSolution(box, question, answer, mostSteps).search();
        }
    },

    /** Wall, path, start, goal and the way, tokens 1 to 5. */
    MAZE("square maze") {
        @Override
        int token(char cell, int side) {
            return SquareMaze.CELLS.indexOf(cell) + 1;
        }

        @Override
        boolean mayAnswer(int token) {
            return true;
        }

        @Override
        int vocabSize(int side) {
            return SquareMaze.CELLS.length() + 1;
        }

        @Override
        boolean fits(int side) {
            return side >= 2;
        }

        @Override
        @Nullable
        String contradiction(byte[] question, byte[] answer, int side) {
            for (int i = 0; i < answer.length; i++) {
                boolean way = answer[i] == SquareMaze.WAY && question[i] == SquareMaze.FREE;
                if (answer[i] != question[i] && !way) {
                    return "cell " + (i + 1) + " is '" + cell(question[i]) + "' in the question and '" + cell(answer[i])
                            + "' in the answer";
                }
            }
            var maze = new SquareMaze(answer, side);
            int starts = maze.count(SquareMaze.START);
            int goals = maze.count(SquareMaze.GOAL);
            if (starts != 1 || goals != 1) {
                return "it has " + starts + " S and " + goals + " G, one of each was expected";
            }
            return maze.steps(SquareMaze.WAY) > 0
                    ? null
                    : "the way of the answer is broken: it does not lead from S to G";
        }

        @Override
        Metric validity() {
            return Metric.VALID_PATH;
        }

        /** No cell of the way is beside it, and it is as short as that of the labels, or as any can be. */
        @Override
        boolean isValid(byte[] question, byte[] answer, byte[] labels, int side) {
            var asked = new SquareMaze(question, side);
            var answered = new SquareMaze(answer, side);
            if (!asked.isMaze() || !answered.isMaze() || contradiction(question, answer, side) != null) {
                return false;
            }
            int steps = answered.count(SquareMaze.WAY) + 1;
            int known = new SquareMaze(labels, side).count(SquareMaze.WAY) + 1;
            return steps == answered.steps(SquareMaze.WAY) && steps <= Math.max(known, asked.steps(SquareMaze.FREE));
        }

        @Override
        int secondSolution(byte[] question, byte[] answer, int side, int mostSteps) {
            // Of ways of one length there are often several; the authors' data has one of them.
            return 0;
        }
    };

    private static final int BLANK = 1;

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

    /** How the answer contradicts the question or the rules, in words; null when it does not. */
    abstract @Nullable String contradiction(byte[] question, byte[] answer, int side);

    /** The share of answers that are {@link #isValid}. */
    abstract Metric validity();

    /**
     * Whether an answer, of any tokens, keeps the rules: it may be another one than the labels.
     *
     * @param labels the known answer, 0 where it does not count
     */
    abstract boolean isValid(byte[] question, byte[] answer, byte[] labels, int side);

    /**
     * Looks for a solution that is not the answer, where a puzzle ought to have one only.
     *
     * @param answer one that contradicts nothing
     * @return steps that it took; negative when there is another solution
     */
    abstract int secondSolution(byte[] question, byte[] answer, int side, int mostSteps);

    /** The puzzles that fit, in words. */
    String what() {
        return what;
    }

    private static char cell(int token) {
        return SquareMaze.CELLS.charAt(token - 1);
    }
}
