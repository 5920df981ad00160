package dev.trmarena.db.board;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an evaluation that is not over has come.
 *
 * @param unitsWaiting not given to the solvers yet
 * @param unitsInFlight given to the solvers
 * @param queuePosition 1 when it is next to get its first unit out; null when it has one
 * @param takingTurns how many other evaluations have units waiting, too
 * @param examplesPerSecond lately; null before the first unit is solved
 * @param secondsLeft at that rate; null when there is none
 * @param heardAt when a solver last spoke of one of its units; null when none did
 * @param solvers that work on it now
 */
public record ProgressView(
        int unitsWaiting,
        int unitsInFlight,
        @Nullable Integer queuePosition,
        int takingTurns,
        @Nullable Double examplesPerSecond,
        @Nullable Double secondsLeft,
        @Nullable Instant heardAt,
        List<SolverView> solvers) {
    public ProgressView {
        solvers = List.copyOf(solvers);
    }
}
