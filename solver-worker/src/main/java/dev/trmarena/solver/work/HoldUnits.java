package dev.trmarena.solver.work;

import dev.trmarena.artifacts.store.ArtifactDamaged;
import dev.trmarena.loops.Steadiness;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.solver.work.SolverMeters.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Solves what a hand has taken, a batch after the other, and renews the locks meanwhile. What it has not begun two seconds after
 * it was taken goes back: no unit waits for a slow solver. A batch that goes wrong is solved unit by unit, so that no unit is charged with what another one
 * did.
 */
final class HoldUnits {
    private static final Logger LOG = LoggerFactory.getLogger(HoldUnits.class);

    static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private static final String NOT_BEGUN = "the solver did not come to it in time";

    /** A step of a unit that was withdrawn may end by itself within so long. */
    private static final Duration WITHDRAWN_STEP = Duration.ofSeconds(3);

    private final Workplace place;
    private final TakeUnits take;
    private final Steadiness looks;
    private final List<TakenUnit> waiting;
    private final Runnable begun;
    private long taken = System.nanoTime();
    private long renewed = System.nanoTime();
    private boolean alone;

    /**
     * @param waiting units that were taken; what is begun is taken out of it
     * @param begun told that a batch is begun: the other hand may take now
     */
    HoldUnits(Workplace place, TakeUnits take, Steadiness looks, List<TakenUnit> waiting, Runnable begun) {
        this.place = place;
        this.take = take;
        this.looks = looks;
        this.waiting = waiting;
        this.begun = begun;
    }

    /** The next batch, to its end, or a look at what is in its way. */
    void next() throws InterruptedException {
        if (place.ends()) {
            handBack("the solver was asked to stop");
            return;
        }
        List<TakenUnit> units = alone ? List.of(waiting.get(0)) : Batch.next(waiting, place.pace());
        Inference.Run run = place.inference().place(units);
        if (run == null) {
            looks.works();
            place.inference().awaitFirst(LOOK_EVERY);
            holdOn(List.of());
            return;
        }
        waiting.removeAll(units);
        if (alone) {
            // What went wrong together took its time already.
            taken = System.nanoTime();
        }
        List<TakenUnit> batch = List.of();
        try {
            batch = place.tell().begun(units);
        } finally {
            if (batch.isEmpty()) {
                run.drop();
                take.commit();
            }
        }
        if (!batch.isEmpty()) {
            solve(run, batch);
        }
    }

    private void solve(Inference.Run run, List<TakenUnit> batch) throws InterruptedException {
        batch.forEach(each -> place.heartbeats().works(each.delivery()));
        batch.get(0).delivery().named();
        WorkUnit unit = batch.get(0).unit();
        BooleanSupplier asked = place.meters().timed(() -> place.withdrawn(unit));
        run.begin(batch, () -> {
            place.heartbeats().stepped();
            return asked.getAsBoolean();
        });
        begun.run();
        try {
            List<UnitSolver.Answer> answers = whileHeld(run, batch);
            if (answers == null) {
                run.letGo();
                noAnswer(run, batch);
            } else {
                done(batch, answers);
            }
        } catch (ExecutionException e) {
            trouble(run, batch, e.getCause() == null ? e : e.getCause());
        } finally {
            // A native call cannot be interrupted: it ends after the step that it is in.
            run.letGo();
            try {
                take.commit();
            } finally {
                batch.forEach(each -> place.heartbeats().lets(each.delivery()));
                batch.get(0).delivery().unnamed();
                // What is not begun ends by itself.
                if (run.isBegun() && !run.isOverWithin(Duration.ZERO)) {
                    awaitTheStep(run);
                }
            }
        }
    }

    /** @return null when all locks were lost, the units withdrawn, a step overdue or the solver stopped before it was done */
    private @Nullable List<UnitSolver.Answer> whileHeld(Inference.Run run, List<TakenUnit> batch)
            throws ExecutionException, InterruptedException {
        WorkUnit unit = batch.get(0).unit();
        while (!place.ends() && !place.withdrawn(unit)) {
            looks.works();
            try {
                return run.answers(LOOK_EVERY);
            } catch (TimeoutException e) {
                // Nothing pretends to be alive: locks are renewed for what gets on.
                if (run.overdue().isPresent() || isLate(run)) {
                    return null;
                }
                holdOn(batch);
                if (batch.stream().noneMatch(each -> each.held().isHeld())) {
                    return null;
                }
            }
        }
        return null;
    }

    /** What is computed before it takes far longer than it was to. */
    private boolean isLate(Inference.Run run) {
        return !run.isBegun() && System.nanoTime() - taken > 2 * Pace.FULL.toNanos();
    }

    /** Renews the locks, and lets go of what waits for too long. @param batch what is computed */
    private void holdOn(List<TakenUnit> batch) throws InterruptedException {
        if (place.ends()) {
            handBack("the solver was asked to stop");
        } else if (System.nanoTime() - taken > Pace.FULL.toNanos()) {
            handBack(NOT_BEGUN);
        }
        if (System.nanoTime() - renewed > place.renewEvery().toNanos()) {
            renewed = System.nanoTime();
            List<TakenUnit> all = new ArrayList<>(waiting);
            all.addAll(batch);
            all.removeIf(each -> !each.held().isHeld());
            take.renew(all.stream().map(TakenUnit::held).toList());
            for (TakenUnit each : all) {
                if (!each.held().isHeld()) {
                    lost(each);
                }
            }
        }
    }

    private void lost(TakenUnit unit) throws InterruptedException {
        LOG.warn("lost the lock on {}: the broker gave it away", unit.delivery());
        // What was not begun, whoever has it now tells of.
        if (!waiting.remove(unit)) {
            place.tell().end(List.of(unit), its -> its.returned(null, "the broker gave it away"), End.LOST);
        }
    }

    private void handBack(String reason) throws InterruptedException {
        if (waiting.isEmpty()) {
            return;
        }
        LOG.info(
                "handed back {} units, the first of them {}: {}",
                waiting.size(),
                waiting.get(0).delivery(),
                reason);
        place.tell().handBack(waiting, reason);
        waiting.clear();
        take.commit();
    }

    private void done(List<TakenUnit> batch, List<UnitSolver.Answer> answers) throws InterruptedException {
        List<TakenUnit> held = new ArrayList<>();
        List<UnitSolver.Answer> theirs = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).held().isHeld()) {
                held.add(batch.get(i));
                theirs.add(answers.get(i));
            }
        }
        if (!held.isEmpty()) {
            place.tell().done(held, theirs, take);
        }
    }

    /** Without answers and without trouble. */
    private void noAnswer(Inference.Run run, List<TakenUnit> batch) throws InterruptedException {
        String reason = "the solver was asked to stop";
        FailureKind kind = null;
        End end = End.RETURNED;
        Optional<String> overdue = run.overdue();
        if (place.withdrawn(batch.get(0).unit())) {
            reason = "it was withdrawn";
            end = End.WITHDRAWN;
        } else if (overdue.isPresent()) {
            reason = overdue.get();
            // Of several nobody knows which one it is: the next solver, which does not know how fast it is, takes one
            // at a time.
            kind = batch.size() == 1 ? FailureKind.OVERDUE : null;
        } else if (isLate(run)) {
            reason = NOT_BEGUN;
        }
        List<TakenUnit> held =
                batch.stream().filter(each -> each.held().isHeld()).toList();
        String why = reason;
        FailureKind charged = kind;
        LOG.info(
                "let go of {} units, the first of them {}: {}",
                held.size(),
                batch.get(0).delivery(),
                why);
        place.tell().end(held, its -> its.returned(charged, why), end);
    }

    private void trouble(Inference.Run run, List<TakenUnit> batch, Throwable cause) throws InterruptedException {
        if (cause instanceof CancellationException) {
            noAnswer(run, batch);
        } else if (batch.size() > 1) {
            LOG.warn(
                    "{} and {} more go wrong together, going on with each alone",
                    batch.get(0).delivery(),
                    batch.size() - 1,
                    cause);
            alone = true;
            waiting.addAll(
                    0, batch.stream().filter(each -> each.held().isHeld()).toList());
        } else if (cause instanceof IllegalArgumentException || cause instanceof ArtifactDamaged) {
            Delivery delivery = batch.get(0).delivery();
            LOG.warn("{} failed: {}", delivery, cause.getMessage());
            FailureKind kind = cause instanceof ArtifactDamaged ? FailureKind.STORE : FailureKind.CANNOT_RUN;
            String reason = String.valueOf(cause.getMessage());
            place.tell().end(batch, its -> its.failed(kind, reason), End.FAILED);
        } else {
            Delivery delivery = batch.get(0).delivery();
            LOG.warn("returned {} for another try", delivery, cause);
            pauseBeforeAnotherTry(delivery.unit());
            place.tell().end(batch, its -> its.returned(Delivery.kind(cause), cause.toString()), End.RETURNED);
        }
    }

    /**
     * Nothing is taken up while native code still runs for units that were let go of. Where nobody wants their answers, or it is past
     * its deadline, this process is of no use any more.
     */
    private void awaitTheStep(Inference.Run run) throws InterruptedException {
        place.heartbeats().silent(true);
        WorkUnit unit = run.units().get(0);
        long since = System.nanoTime();
        while (!place.ends() && !run.isOverWithin(LOOK_EVERY)) {
            looks.works();
            holdOn(List.of());
            Optional<String> overdue = run.overdue();
            boolean unwanted = place.withdrawn(unit) && System.nanoTime() - since > WITHDRAWN_STEP.toNanos();
            if (overdue.isPresent() || unwanted) {
                LOG.warn(
                        "leaving, inside a step of unit {} of {}: {}",
                        unit.index(),
                        unit.evaluation(),
                        overdue.orElse("it was withdrawn"));
                place.end().leave();
            }
        }
        place.heartbeats().silent(false);
    }

    /** What is wrong may pass, a store that is away for one; the tries should not be used up before it does. */
    private void pauseBeforeAnotherTry(WorkUnit unit) throws InterruptedException {
        // Twice as long each time, shorter than a lock.
        Duration pause = place.renewEvery().dividedBy(8).multipliedBy(1L << Math.min(unit.handout() - 1, 2));
        long until = System.nanoTime() + pause.toNanos();
        while (!place.ends() && System.nanoTime() < until && !place.withdrawn(unit)) {
            Thread.sleep(Math.min(LOOK_EVERY.toMillis(), pause.toMillis()));
        }
    }
}
