package dev.trmarena.solver.work;

import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.WorkUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Answers units without a network, a batch whenever the test lets it, and remembers which it solved together. */
final class SolvesWhenLet implements UnitSolver {
    private final Semaphore let = new Semaphore(0);
    private final List<List<WorkUnit>> begun = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<Integer, RuntimeException> wrong = new ConcurrentHashMap<>();
    private final long millis;

    /** @param millis that it says a unit took */
    SolvesWhenLet(long millis) {
        this.millis = millis;
    }

    /** So many batches more may end. */
    void let(int batches) {
        let.release(batches);
    }

    /** Whatever is solved together with this unit goes wrong. */
    void fails(int unit, RuntimeException how) {
        wrong.put(unit, how);
    }

    /** Numbers of the units of an evaluation that were begun together, batch by batch. */
    List<List<Integer>> batches(UUID evaluation) {
        return begun.stream()
                .filter(units -> units.get(0).evaluation().equals(evaluation))
                .map(units -> units.stream().map(WorkUnit::index).toList())
                .toList();
    }

    @Override
    public List<Answer> solve(List<WorkUnit> units, Steps steps) {
        begun.add(List.copyOf(units));
        try {
            steps.begins(1);
            while (!let.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                if (steps.abandoned()) {
                    throw new CancellationException("abandoned");
                }
                steps.begins(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        List<Answer> answers = new ArrayList<>();
        for (WorkUnit unit : units) {
            RuntimeException trouble = wrong.get(unit.index());
            if (trouble != null) {
                throw trouble;
            }
            var prediction =
                    new Prediction(unit.firstExample(), new byte[] {(byte) unit.index()}, 0, 1, new byte[0], List.of());
            answers.add(new Answer("none", millis, List.of(prediction)));
        }
        return answers;
    }

    @Override
    public void close() {
        let.release(1 << 20);
    }
}
