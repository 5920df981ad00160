package dev.trmarena.solver.work;

import dev.trmarena.messages.WorkUnit;
import dev.trmarena.traces.Traces;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * What the hands of a solver share.
 *
 * @param renewEvery pause between two renewals of a lock
 * @param taking of the one hand that asks the broker for units
 */
record Workplace(
        Identity solver,
        Traces traces,
        Duration renewEvery,
        Pace pace,
        Inference inference,
        Withdrawals withdrawals,
        HeartbeatSender heartbeats,
        TellOutcome tell,
        SolverMeters meters,
        UnitLog log,
        Semaphore taking,
        End end) {

    boolean ends() {
        return end.asked;
    }

    boolean withdrawn(WorkUnit unit) {
        return withdrawals.cover(unit);
    }

    /** Whether the solver is to end, and how. */
    static final class End {
        private volatile boolean asked;
        private volatile boolean leaves;

        void ask() {
            asked = true;
        }

        /** Inside a step that nobody waits for. */
        void leave() {
            leaves = true;
            asked = true;
        }

        boolean asked() {
            return asked;
        }

        boolean leaves() {
            return leaves;
        }
    }
}
