package dev.trmarena.solver.work;

import dev.trmarena.messages.WorkUnit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The one thread that computes. Native code is not interrupted: a unit that was let go of keeps it until its step ends. */
final class Inference {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(run -> new Thread(run, "inference"));
    private final UnitSolver unitSolver;
    private final StepDeadline deadline;
    private @Nullable Future<UnitSolver.Answer> last;
    private @Nullable WorkUnit unit;

    Inference(UnitSolver unitSolver, StepDeadline deadline) {
        this.unitSolver = unitSolver;
        this.deadline = deadline;
    }

    /** @param abandoned asked after every step: whether nobody waits for the answer any more */
    Future<UnitSolver.Answer> begin(Delivery delivery, BooleanSupplier abandoned) {
        Future<UnitSolver.Answer> begun = thread.submit(() -> {
            delivery.named();
            deadline.prepares();
            try {
                List<UnitSolver.Answer> answers = unitSolver.solve(List.of(delivery.unit()), new UnitSolver.Steps() {
                    @Override
                    public void begins(double operations) {
                        deadline.begins(operations);
                    }

                    @Override
                    public boolean abandoned() {
                        deadline.ended();
                        return abandoned.getAsBoolean();
                    }
                });
                return answers.get(0);
            } finally {
                deadline.rests();
            }
        });
        unit = delivery.unit();
        last = begun;
        return begun;
    }

    /** The unit that it began last. */
    WorkUnit unit() {
        return Objects.requireNonNull(unit, "unit");
    }

    /** See {@link StepDeadline#overdue}; to be asked every second or more often while a unit is at hand. */
    Optional<String> overdue() {
        return deadline.overdue();
    }

    boolean idle() {
        return last == null || last.isDone();
    }

    /** @return whether nothing is computed any more; what came of it is told elsewhere */
    boolean idleWithin(Duration patience) throws InterruptedException {
        try {
            if (last != null) {
                last.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | CancellationException e) {
            return true;
        }
    }

    /** Takes nothing any more. */
    void shutdown() {
        thread.shutdown();
    }

    boolean ended() {
        return thread.isTerminated();
    }

    /** Frees the weights, unless a native call still uses them after so long. */
    void close(Duration patience) throws IOException, InterruptedException {
        if (thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            unitSolver.close();
        }
    }
}
