package dev.trmarena.solver.model;

/**
 * How long an example is improved.
 *
 * @param steps exactly so many; at most, when halting is early
 * @param earlyHalting whether an example ends after the first step with {@code q_halt > 0}: it then leaves the batch, and what
 *     it costs ends with it. Not for {@code act_inference}, which has a loop of its own
 */
public record Schedule(int steps, boolean earlyHalting) {
    public Schedule {
        if (steps < 1) {
            throw new IllegalArgumentException("the number of steps is " + steps + ", it must be from 1");
        }
    }

    public static Schedule exactly(int steps) {
        return new Schedule(steps, false);
    }
}
