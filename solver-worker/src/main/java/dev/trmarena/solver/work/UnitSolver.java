package dev.trmarena.solver.work;

import dev.trmarena.artifacts.store.ArtifactDamaged;
import dev.trmarena.artifacts.store.ArtifactMissing;
import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.WorkUnit;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Solves work units; used from one thread. */
public interface UnitSolver extends AutoCloseable {
    /**
     * The answer to a unit.
     *
     * @param kernels what the products of matrices ran on
     * @param computeMillis wall time of the inference itself; of units that were solved together, its share by its examples
     * @param predictions one per example, in example order
     * @param leg of a unit that trains; null of others
     */
    record Answer(
            String kernels,
            long computeMillis,
            List<Prediction> predictions,
            @Nullable Leg leg) {
        /** Of a unit that solves examples. */
        public Answer(String kernels, long computeMillis, List<Prediction> predictions) {
            this(kernels, computeMillis, predictions, null);
        }
    }

    /**
     * Training steps that are done.
     *
     * @param file SHA-256 of what was kept after them, its name in the folder for adaptations
     * @param lmLosses of each step, the mean over its slots
     */
    record Leg(String file, List<Double> lmLosses) {}

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
     * Solves units together, however long it takes.
     *
     * @param units one, or several that differ in their examples alone ({@link Batch#fits})
     * @param steps told of every improvement step, and asked after it
     * @return an answer for each, in their order
     * @throws IllegalArgumentException when one of them can never be solved; the message says why
     * @throws ArtifactDamaged likewise
     * @throws CancellationException when they were abandoned
     * @throws IOException when another try, or another solver, may do better
     * @throws ArtifactMissing likewise: the store may be a moment behind
     */
    List<Answer> solve(List<WorkUnit> units, Steps steps) throws IOException;

    @Override
    void close() throws IOException;
}
