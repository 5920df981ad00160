package dev.trmarena.db.board;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A solver, by its own word.
 *
 * @param device what it computes on, for people
 * @param memoryBytes that a network may take there; null where the solver cannot tell
 * @param alive whether it was heard of within ten seconds and has not said that it leaves
 * @param heartbeatAt when it was last heard of
 * @param startedAt when its process began
 * @param unitsSolved since then
 * @param examplesSolved since then
 * @param evaluation what it works on; null while it waits for work
 * @param unit of that evaluation
 * @param steps improvement steps of that unit so far, of all its batches
 */
public record SolverView(
        String name,
        String device,
        @Nullable Long memoryBytes,
        boolean alive,
        Instant heartbeatAt,
        Instant startedAt,
        long unitsSolved,
        long examplesSolved,
        @Nullable UUID evaluation,
        @Nullable Integer unit,
        @Nullable Integer steps) {}
