package dev.trmarena.messages;

import java.util.Objects;
import java.util.UUID;

/**
 * Units that nobody waits for any more: their evaluation was cancelled, paused or has failed. Solvers drop those that they get
 * and leave those that they have.
 *
 * @param round units of this round and of those before; the ones that are given out later count again
 */
public record Withdrawal(UUID evaluation, int round) {
    public Withdrawal {
        Objects.requireNonNull(evaluation, "evaluation");
        Checks.atLeast("round", round, 1);
    }

    public boolean covers(WorkUnit unit) {
        return unit.evaluation().equals(evaluation) && unit.round() <= round;
    }
}
