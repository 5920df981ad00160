package dev.trmarena.solver.work;

import dev.trmarena.artifacts.store.ArtifactDamaged;
import dev.trmarena.artifacts.store.ArtifactMissing;
import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.WorkUnit;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Solves one work unit at a time; used from one thread. */
public interface UnitSolver extends AutoCloseable {
    /**
     * The answer to a unit.
     *
     * @param kernels what the products of matrices ran on
     * @param computeMillis wall time of the inference itself
     * @param predictions one per example, in example order
     */
    record Answer(String kernels, long computeMillis, List<Prediction> predictions) {}

    /** What whoever waits for a unit is told and asked between its improvement steps. */
    @FunctionalInterface
    interface Steps {
        /**
         * The next step begins, native code that nothing interrupts.
         *
         * @param operations of all examples that take it, by the estimate of {@code EstimateOperations}
         */
        default void begins(double operations) {}

        /** Asked after every step: true when nobody waits for the answer any more. */
        boolean abandoned();
    }

    /**
     * Solves a unit, however long it takes.
     *
     * @param steps told of every improvement step, and asked after it
     * @throws IllegalArgumentException when the unit can never be solved; the message says why
     * @throws ArtifactDamaged likewise
     * @throws CancellationException when it was abandoned
     * @throws IOException when another try, or another solver, may do better
     * @throws ArtifactMissing likewise: the store may be a moment behind
     */
    Answer solve(WorkUnit unit, Steps steps) throws IOException;

    @Override
    void close() throws IOException;
}
