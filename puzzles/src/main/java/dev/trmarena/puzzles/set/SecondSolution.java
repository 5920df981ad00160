package dev.trmarena.puzzles.set;

/** Looks for a solution of a Sudoku besides the one that is known, cell with the fewest candidates first, in a number of steps. */
final class SecondSolution {
    private static final int BLANK = 1;

    private final int box;
    private final int side;
    private final byte[] cells;
    private final byte[] answer;
    private final int mostSteps;
    /** Bits of the tokens that are taken. */
    private final int[] rows;

    private final int[] columns;
    private final int[] boxes;
    private int steps;

    /** @param box side of a box, 2 or 3 */
    SecondSolution(int box, byte[] question, byte[] answer, int mostSteps) {
        this.box = box;
        this.side = box * box;
        this.cells = question.clone();
        this.answer = answer;
        this.mostSteps = mostSteps;
        this.rows = new int[side];
        this.columns = new int[side];
        this.boxes = new int[side];
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] != BLANK) {
                flip(i, cells[i]);
            }
        }
    }

    /** @return the steps that it took, at most those allowed; their negative when there is another solution */
    int search() {
        boolean found = search(false);
        return found ? -Math.max(1, steps) : steps;
    }

    /** @param differs whether a cell is not as in the answer already */
    private boolean search(boolean differs) {
        if (++steps > mostSteps) {
            return false;
        }
        int fewest = Integer.MAX_VALUE;
        int place = -1;
        int candidates = 0;
        for (int i = 0; i < cells.length && fewest > 1; i++) {
            if (cells[i] == BLANK) {
                int free = free(i);
                if (Integer.bitCount(free) < fewest) {
                    fewest = Integer.bitCount(free);
                    place = i;
                    candidates = free;
                }
            }
        }
        if (place < 0) {
            return differs;
        }
        // What the answer says is tried last: every other solution ends the search.
        int own = 1 << answer[place];
        for (int rest = candidates & ~own; rest != 0; rest &= rest - 1) {
            if (tried(place, Integer.numberOfTrailingZeros(rest), true)) {
                return true;
            }
        }
        return (candidates & own) != 0 && tried(place, answer[place], differs);
    }

    private boolean tried(int place, int token, boolean differs) {
        cells[place] = (byte) token;
        flip(place, token);
        boolean found = search(differs);
        flip(place, token);
        cells[place] = BLANK;
        return found;
    }

    private int free(int place) {
        int all = ((1 << side) - 1) << (BLANK + 1);
        return all & ~(rows[place / side] | columns[place % side] | boxes[boxOf(place)]);
    }

    private void flip(int place, int token) {
        rows[place / side] ^= 1 << token;
        columns[place % side] ^= 1 << token;
        boxes[boxOf(place)] ^= 1 << token;
    }

    private int boxOf(int place) {
        return place / side / box * box + place % side / box;
    }
}
