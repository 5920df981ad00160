package dev.trmarena.leaderboard.board;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was answered after one improvement step, to the tasks as they are, as far as it was kept.
 *
 * @param frames in the order of the puzzle set
 * @param next what {@code after} has to be for the following page; null when this is the last
 */
public record FramesOfStep(List<Shown> frames, @Nullable Integer next) {
    public FramesOfStep {
        frames = List.copyOf(frames);
    }

    /**
     * @param grid the answer after this step, or after the last one before it where the example had halted by then
     * @param correct null where the solutions are hidden
     * @param wrongCells null where the solutions are hidden, or when the size is wrong
     */
    public record Shown(
            int task,
            int output,
            EncodedGrid grid,
            @Nullable Boolean correct,
            @Nullable Integer wrongCells) {}
}
