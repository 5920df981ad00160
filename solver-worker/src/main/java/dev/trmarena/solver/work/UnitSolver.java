package dev.trmarena.solver.work;

import dev.trmarena.artifacts.store.ArtifactDamaged;
import dev.trmarena.artifacts.store.ArtifactMissing;
import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.WorkUnit;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Solves one work unit at a time; used from one thread. */
public interface UnitSolver extends AutoCloseable {
    /**
     * The answer to a unit.
     *
     * @param computeMillis wall time of the inference itself
     * @param predictions one per example, in example order
     */
    record Answer(long computeMillis, List<Prediction> predictions) {}

    /**
     * Solves a unit, however long it takes.
     *
     * @param abandoned asked after every improvement step: true when nobody waits for the answer any more
     * @throws IllegalArgumentException when the unit can never be solved; the message says why
     * @throws ArtifactDamaged likewise
     * @throws CancellationException when it was abandoned
     * @throws IOException when another try, or another solver, may do better
     * @throws ArtifactMissing likewise: the store may be a moment behind
     */
    Answer solve(WorkUnit unit, BooleanSupplier abandoned) throws IOException;

    @Override
    void close() throws IOException;
}
