package dev.trmarena.db.board;

import org.jspecify.annotations.Nullable;

/**
 * How a task went.
 *
 * @param solved test outputs that were solved
 * @param wrongCells of the first attempt at the first test output
 */
public record TaskRow(
        int task, int outputs, int solved, @Nullable Integer wrongCells) {
    public boolean right() {
        return solved == outputs;
    }
}
