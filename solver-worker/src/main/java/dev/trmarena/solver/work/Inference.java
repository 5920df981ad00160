package dev.trmarena.solver.work;

import dev.trmarena.messages.WorkUnit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that computes. Native code is not interrupted: units that were let go of keep it until their step ends. Behind what
 * it computes another batch may wait, so that it never does.
 */
final class Inference {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(run -> new Thread(run, "inference"));
    private final Queue<Run> runs = new ConcurrentLinkedQueue<>();
    private final UnitSolver unitSolver;
    private final StepDeadline deadline;
    private final Pace pace;

    Inference(UnitSolver unitSolver, StepDeadline deadline, Pace pace) {
        this.unitSolver = unitSolver;
        this.deadline = deadline;
        this.pace = pace;
    }

    /** Units that are solved together: from when they have their place on, until they are over. */
    final class Run {
        private final FutureTask<List<UnitSolver.Answer>> task = new FutureTask<>(this::solved);
        private volatile List<WorkUnit> units;
        private volatile @Nullable Delivery first;
        private volatile BooleanSupplier abandoned = () -> false;
        private volatile boolean begun;
        private volatile boolean letGo;

        private Run(List<TakenUnit> units) {
            this.units = units.stream().map(TakenUnit::unit).toList();
        }

        /**
         * They are solved as soon as what was begun before them is over.
         *
         * @param batch at least one of those that it has a place for
         * @param unwanted asked after every step: whether nobody waits for the answers any more
         */
        void begin(List<TakenUnit> batch, BooleanSupplier unwanted) {
            units = batch.stream().map(TakenUnit::unit).toList();
            first = batch.get(0).delivery();
            abandoned = unwanted;
            thread.execute(task);
        }

        /** Nothing of it is begun. */
        void drop() {
            runs.remove(this);
            task.cancel(false);
        }

        private List<UnitSolver.Answer> solved() throws IOException {
            try {
                begun = true;
                Objects.requireNonNull(first, "first").named();
                if (letGo) {
                    throw new CancellationException("let go of before it was begun");
                }
                deadline.prepares();
                List<UnitSolver.Answer> answers = unitSolver.solve(units, new UnitSolver.Steps() {
                    @Override
                    public void begins(double operations) {
                        deadline.begins(operations);
                    }

                    @Override
                    public boolean abandoned() {
                        deadline.ended();
                        return letGo || abandoned.getAsBoolean();
                    }
                });
                pace.measured(units, answers);
                return answers;
            } finally {
                deadline.rests();
                runs.remove(this);
            }
        }

        List<WorkUnit> units() {
            return units;
        }

        List<UnitSolver.Answer> answers(Duration patience)
                throws ExecutionException, InterruptedException, TimeoutException {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** @return whether it is over; what came of it is told elsewhere */
        boolean isOverWithin(Duration patience) throws InterruptedException {
            try {
                task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException | CancellationException e) {
                return true;
            }
        }

        boolean isBegun() {
            return begun;
        }

        /** Nobody waits for its answers any more: it ends after the step that it is in. */
        void letGo() {
            letGo = true;
        }

        /** See {@link StepDeadline#overdue}; to be asked every second or more often. */
        Optional<String> overdue() {
            synchronized (deadline) {
                return begun && !task.isDone() ? deadline.overdue() : Optional.empty();
            }
        }

        private boolean mayStandBeside(Run other) {
            WorkUnit one = units.get(0);
            WorkUnit another = other.units.get(0);
            return !one.alone() && !another.alone() && one.evaluation().equals(another.evaluation());
        }
    }

    /**
     * Gives units a place behind what is computed. If that ends this process, it is no trouble of another evaluation, nor of a unit
     * that is to be alone.
     *
     * @return to be begun or dropped; null when something is there that these must not stand beside
     */
    synchronized @Nullable Run place(List<TakenUnit> units) {
        var run = new Run(units);
        if (!runs.stream().allMatch(run::mayStandBeside)) {
            return null;
        }
        runs.add(run);
        return run;
    }

    /** Whether another batch may wait: what is computed will be over soon, and nobody needs it otherwise. */
    boolean hasRoom() {
        return runs.size() < 2
                && runs.stream().allMatch(run -> !run.letGo && !run.units.get(0).alone() && pace.isShort(run.units));
    }

    /** Waits so long for what was begun first. */
    void awaitFirst(Duration patience) throws InterruptedException {
        Run first = runs.peek();
        if (first != null) {
            first.isOverWithin(patience);
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
