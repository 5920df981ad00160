package dev.trmarena.messages;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A solver lives, and what it does.
 *
 * @param solver its name, for people
 * @param instance of its process: another one after a restart, under the same name
 * @param device what it computes on, for people
 * @param memoryBytes that a network may take there; null where the solver cannot tell
 * @param startedAt when its process began, in milliseconds since 1970
 * @param sentAt by its clock, likewise
 * @param unitsSolved since it began
 * @param examplesSolved likewise
 * @param work the unit at hand; null when it waits for one
 * @param leaving whether this is its last: it ends in good order
 */
public record Heartbeat(
        String solver,
        UUID instance,
        String device,
        @Nullable Long memoryBytes,
        long startedAt,
        long sentAt,
        long unitsSolved,
        long examplesSolved,
        @Nullable Work work,
        boolean leaving) {
    public Heartbeat {
        Checks.name("solver", solver);
        Objects.requireNonNull(instance, "instance");
        Checks.name("device", device);
        if (memoryBytes != null) {
            Checks.atLeast("memoryBytes", memoryBytes, 0);
        }
        Checks.atLeast("unitsSolved", unitsSolved, 0);
        Checks.atLeast("examplesSolved", examplesSolved, 0);
    }

    /**
     * The unit at hand.
     *
     * @param steps improvement steps taken so far, of all its batches
     */
    public record Work(UUID evaluation, int unit, UUID delivery, int steps) {
        public Work {
            Objects.requireNonNull(evaluation, "evaluation");
            Objects.requireNonNull(delivery, "delivery");
            Checks.atLeast("unit", unit, 0);
            Checks.atLeast("steps", steps, 0);
        }
    }
}
