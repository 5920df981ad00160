package dev.trmarena.puzzles.set;

import java.util.ArrayDeque;
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
                int rows = 0;
                int columns = 0;
                int boxes = 0;
                for (int i = 0; i < side; i++) {
                    rows |= 1 << answer[line * side + i];
                    columns |= 1 << answer[i * side + line];
                    boxes |= box == 0
                            ? 0
                            : 1 << answer[(line / box * box + i / box) * side + line % box * box + i % box];
                }
                if (Integer.bitCount(rows) < side) {
                    return "row " + (line + 1) + " of the answer has a digit twice";
                }
                if (Integer.bitCount(columns) < side) {
                    return "column " + (line + 1) + " of the answer has a digit twice";
                }
                if (box > 0 && Integer.bitCount(boxes) < side) {
                    return "box " + (line + 1) + " of the answer has a digit twice";
                }
            }
            return null;
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

        @Override
        @Nullable
        String contradiction(byte[] question, byte[] answer, int side) {
            int start = -1;
            int starts = 0;
            int goals = 0;
            for (int i = 0; i < answer.length; i++) {
                boolean way = answer[i] == WAY && question[i] == FREE;
                if (answer[i] != question[i] && !way) {
                    return "cell " + (i + 1) + " is '" + cell(question[i]) + "' in the question and '" + cell(answer[i])
                            + "' in the answer";
                }
                starts += answer[i] == START ? 1 : 0;
                goals += answer[i] == GOAL ? 1 : 0;
                start = answer[i] == START ? i : start;
            }
            if (starts != 1 || goals != 1) {
                return "it has " + starts + " S and " + goals + " G, one of each was expected";
            }
            int goalsReached = goalsReached(answer, start, side);
            return goalsReached == 1 ? null : "the way of the answer is broken: it does not lead from S to G";
        }

        private int goalsReached(byte[] answer, int start, int side) {
            var reached = new boolean[answer.length];
            var next = new ArrayDeque<Integer>();
            next.add(start);
            reached[start] = true;
            int goals = 0;
            while (!next.isEmpty()) {
                int at = next.remove();
                goals += answer[at] == GOAL ? 1 : 0;
                int[] beside = {at % side == 0 ? at : at - 1, at % side == side - 1 ? at : at + 1, at - side, at + side
                };
                for (int cell : beside) {
                    boolean leads = cell >= 0 && cell < answer.length && (answer[cell] == WAY || answer[cell] == GOAL);
                    if (leads && !reached[cell]) {
                        reached[cell] = true;
                        next.add(cell);
                    }
                }
            }
            return goals;
        }

        @Override
        int secondSolution(byte[] question, byte[] answer, int side, int mostSteps) {
            // Of ways of one length there are often several; the authors' data has one of them.
            return 0;
        }
    };

    private static final int BLANK = 1;
    private static final String MAZE_CELLS = "# SGo";
    private static final int FREE = 2;
    private static final int START = 3;
    private static final int GOAL = 4;
    private static final int WAY = 5;

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
        return MAZE_CELLS.charAt(token - 1);
    }
}
