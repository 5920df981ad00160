package dev.trmarena.leaderboard.board;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recursion on one example that shows its task as it is: the answer after each improvement step.
 *
 * @param example index in the puzzle set; null when there are no frames
 * @param request that somebody asked for a step replay that is not there yet; null when nobody did, or it is there
 * @param frames in the order of the steps; none when they were not kept, as for tasks beyond the first few hundred
 */
public record StepReplay(
        @Nullable Integer example, @Nullable Request request, List<Frame> frames) {
    public StepReplay {
        frames = List.copyOf(frames);
    }

    /** @param failure why there is none; null while a solver is waited for */
    public record Request(@Nullable String failure) {}

    /**
     * @param step from 1
     * @param qHalt halt logit
     * @param correct null where the solutions are hidden
     * @param wrongCells null where the solutions are hidden, or when the size is wrong
     */
    public record Frame(
            int step,
            EncodedGrid grid,
            float qHalt,
            @Nullable Boolean correct,
            @Nullable Integer wrongCells) {}
}
