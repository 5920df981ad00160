package dev.trmarena.puzzles.set;

import java.util.ArrayDeque;
import java.util.Arrays;

/** The cells of a square maze as tokens 1 to 5, row by row: wall, free, start, goal and way. */
final class SquareMaze {
    static final String CELLS = "# SGo";
    static final int FREE = 2;
    static final int START = 3;
    static final int GOAL = 4;
    static final int WAY = 5;

    private final byte[] cells;
    private final int side;

    /** @param cells side × side, not copied */
    SquareMaze(byte[] cells, int side) {
        this.cells = cells;
        this.side = side;
    }

    /** Whether every token is one of a maze: a network may answer others. */
    boolean isMaze() {
        for (byte cell : cells) {
            if (cell < 1 || cell > CELLS.length()) {
                return false;
            }
        }
        return true;
    }

    int count(int token) {
        int count = 0;
        for (byte cell : cells) {
            count += cell == token ? 1 : 0;
        }
        return count;
    }

    /**
     * The fewest steps from the start to a goal, one cell to the next beside, above or below it.
     *
     * @param over the token of the cells that may be stepped on in between
     * @return -1 when they lead to none
     */
    int steps(int over) {
        int[] steps = new int[cells.length];
        Arrays.fill(steps, -1);
        var next = new ArrayDeque<Integer>();
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] == START) {
                steps[i] = 0;
                next.add(i);
            }
        }
        while (!next.isEmpty()) {
            int at = next.remove();
            if (cells[at] == GOAL) {
                return steps[at];
            }
            int[] beside = {at % side == 0 ? at : at - 1, at % side == side - 1 ? at : at + 1, at - side, at + side};
            for (int cell : beside) {
                boolean leads = cell >= 0 && cell < cells.length && (cells[cell] == over || cells[cell] == GOAL);
                if (leads && steps[cell] < 0) {
                    steps[cell] = steps[at] + 1;
                    next.add(cell);
                }
            }
        }
        return -1;
    }
}
