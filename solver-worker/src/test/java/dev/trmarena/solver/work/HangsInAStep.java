package dev.trmarena.solver.work;

import dev.trmarena.messages.WorkUnit;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** As native code does that computes for days: it cannot be interrupted. Until the test lets it go. */
final class HangsInAStep implements UnitSolver {
    private final CountDownLatch hangs = new CountDownLatch(1);

    void letGo() {
        hangs.countDown();
    }

    @Override
    public List<Answer> solve(List<WorkUnit> units, Steps steps) {
        steps.begins(1);
        try {
            hangs.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CancellationException("the test is over");
    }

    @Override
    public void close() {}
}
