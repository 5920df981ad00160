package dev.trmarena.solver.work;

import dev.trmarena.artifacts.store.ArtifactDamaged;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.Steadiness;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.solver.work.SolverMeters.End;
import dev.trmarena.traces.Traces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes work units from the share group one at a time. A unit is accepted only after what came of it lies in Kafka; until then
 * the lock on it is renewed. One that the broker delivers again is not solved but told of: the database decides what becomes of it.
 */
public final class SolveLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SolveLoop.class);

    /** Well below the broker's lock duration of 15 s. */
    private static final Duration RENEW_EVERY = Duration.ofSeconds(5);

    /** The client gives a message up after two minutes, and a commit after one. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(5);

    /** A batch of full-size canvases takes a minute or two on a few slow cores. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(30);

    /** A step of a unit that was withdrawn may end by itself within so long. */
    private static final Duration WITHDRAWN_STEP = Duration.ofSeconds(3);

    /** So may the one that a solver is in when it ends. */
    private static final Duration LAST_STEP = Duration.ofSeconds(5);

    /** At what is withdrawn, before anything is taken up. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private static final Duration IDLE_POLL = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Identity solver;
    private final Traces traces;
    private final Duration renewEvery;
    private final KafkaShareConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Inference inference;
    private final SolverMeters meters;
    private final Loops loops = new Loops();
    private final Steadiness looks = loops.watched("solve", LONGEST_LOOK);
    private final Withdrawals withdrawals;
    private final HeartbeatSender heartbeats;
    private final TellOutcome tell;
    private final UnitLog log = UnitLog.listening();
    private volatile boolean stopping;
    private volatile boolean leaves;
    private volatile boolean consuming;

    public SolveLoop(String bootstrap, Identity solver, UnitSolver unitSolver, Traces traces) {
        this(bootstrap, solver, unitSolver, traces, RENEW_EVERY, LONGEST_STEP);
    }

    SolveLoop(
            String bootstrap,
            Identity solver,
            UnitSolver unitSolver,
            Traces traces,
            Duration renewEvery,
            Duration longestStep) {
        this.solver = solver;
        this.traces = traces;
        this.renewEvery = renewEvery;
        this.inference =
                new Inference(unitSolver, new StepDeadline(longestStep, loops.watched("inference", longestStep)));
        this.consumer = Clients.consumer(bootstrap);
        this.meters = new SolverMeters(consumer);
        this.producer = Clients.producer(bootstrap);
        this.withdrawals = new Withdrawals(bootstrap, loops);
        this.heartbeats = new HeartbeatSender(solver, producer, loops);
        this.tell = new TellOutcome(producer, heartbeats);
    }

    /** Until {@link #stop()}, or until {@link #leaves()}. */
    public void run() {
        withdrawals.start();
        heartbeats.start();
        consumer.subscribe(List.of(Topics.WORK));
        while (!stopping) {
            try {
                looks.works();
                if (!inference.idle()) {
                    awaitTheStep();
                    continue;
                }
                if (!consuming) {
                    withdrawals.awaitKnown(FIRST_LOOK);
                }
                var records = consumer.poll(IDLE_POLL);
                consuming = true;
                for (ConsumerRecord<String, byte[]> record : records) {
                    meters.busy(true);
                    handle(new AcquiredRecord(consumer, record));
                }
            } catch (KafkaException e) {
                // A unit that was held comes back by itself, to this solver or another one.
                LOG.warn("the broker did not do as asked, going on: {}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopping = true;
            } finally {
                meters.busy(false);
            }
        }
        looks.rests();
        consuming = false;
    }

    /**
     * Nothing is taken up while native code still runs for a unit that was let go of. Where nobody wants its answer, or it is past
     * its deadline, this process is of no use any more.
     */
    private void awaitTheStep() throws InterruptedException {
        heartbeats.silent(true);
        long begun = System.nanoTime();
        while (!stopping && !inference.idleWithin(LOOK_EVERY)) {
            looks.works();
            Optional<String> overdue = inference.overdue();
            boolean unwanted =
                    withdrawals.cover(inference.unit()) && System.nanoTime() - begun > WITHDRAWN_STEP.toNanos();
            if (overdue.isPresent() || unwanted) {
                LOG.warn(
                        "leaving, inside a step of unit {} of {}: {}",
                        inference.unit().index(),
                        inference.unit().evaluation(),
                        overdue.orElse("it was withdrawn"));
                leaves = true;
                stopping = true;
            }
        }
        heartbeats.silent(false);
    }

    /** Whether {@link #run} ended inside a step that nobody waits for: whoever runs this ends the process, another one starts. */
    public boolean leaves() {
        return leaves;
    }

    /** Whether the broker was reached: true while a unit is being solved, too. */
    public boolean consuming() {
        return consuming;
    }

    /** What does not get on, one line each: a thread that ended, a step that takes longer than any does. */
    public List<String> troubles() {
        return loops.troubles();
    }

    /** What it did so far and does now, in the text format of Prometheus. */
    public String meters() {
        return meters.scrape();
    }

    /** Ends {@link #run} within about a second; the unit at hand goes back. */
    public void stop() {
        stopping = true;
    }

    /** Whether it was closed and nothing is computed any more: a native call cannot be interrupted, and may take longer. */
    public boolean ended() {
        return inference.ended();
    }

    private void handle(AcquiredRecord held) throws InterruptedException {
        WorkUnit unit;
        try {
            unit = Json.read(held.value(), WorkUnit.class);
        } catch (UncheckedIOException e) {
            // The broker puts its bytes to the dead letters, where the recorder quarantines them.
            LOG.error("rejected an unreadable work unit at {}: {}", held, e.getMessage());
            held.reject();
            meters.ended(End.REJECTED);
            return;
        }
        if (withdrawals.cover(unit)) {
            LOG.info("dropped unit {} of {}: it was withdrawn", unit.index(), unit.evaluation());
            held.accept();
            meters.ended(End.WITHDRAWN);
            return;
        }
        var delivery = Delivery.at(unit, solver, log, traces, held.traceparent());
        log.begin();
        delivery.named();
        try {
            meters.ended(held.deliveries() > 1 ? tell.comeBack(held, delivery) : takeUp(held, delivery));
        } catch (ExecutionException e) {
            LOG.warn("an outcome of {} is not sent: {}", delivery, e.toString());
            Traces.failed(delivery.span(), "an outcome is not sent");
            tell.notTaken(held, delivery);
            meters.ended(End.RETURNED);
        } finally {
            delivery.span().end();
            heartbeats.waits();
            delivery.unnamed();
        }
    }

    private End takeUp(AcquiredRecord held, Delivery delivery) throws ExecutionException, InterruptedException {
        heartbeats.works(delivery.unit(), delivery.id());
        if (delivery.unit().purpose() == Purpose.SCORE) {
            tell.of(delivery, delivery.started());
        }
        return solve(held, delivery);
    }

    private End solve(AcquiredRecord held, Delivery delivery) throws ExecutionException, InterruptedException {
        var abandoned = new AtomicBoolean();
        BooleanSupplier given = () -> abandoned.get() || withdrawals.cover(delivery.unit());
        BooleanSupplier asked = meters.timed(given);
        Future<UnitSolver.Answer> future = inference.begin(delivery, () -> {
            heartbeats.stepped();
            return asked.getAsBoolean();
        });
        try {
            UnitSolver.Answer answer = whileHeld(held, future, delivery.unit());
            return answer == null ? noAnswer(held, delivery) : tell.done(held, delivery, answer);
        } catch (ExecutionException e) {
            return trouble(held, delivery, e.getCause() == null ? e : e.getCause());
        } finally {
            // A native call cannot be interrupted: it ends after the step that it is in.
            abandoned.set(true);
        }
    }

    /** Without an answer and without trouble. */
    private End noAnswer(AcquiredRecord held, Delivery delivery) throws ExecutionException, InterruptedException {
        if (withdrawals.cover(delivery.unit())) {
            LOG.info("let go of {}: it was withdrawn", delivery);
            return tell.of(held, delivery, delivery.returned(null, "it was withdrawn"), End.WITHDRAWN);
        }
        Optional<String> overdue = inference.overdue();
        if (overdue.isPresent()) {
            LOG.warn("let go of {}: {}", delivery, overdue.get());
            return tell.of(held, delivery, delivery.returned(FailureKind.OVERDUE, overdue.get()), End.RETURNED);
        }
        if (held.isHeld()) {
            return tell.of(held, delivery, delivery.returned(null, "the solver was asked to stop"), End.RETURNED);
        }
        LOG.warn("lost the lock on {}: the broker gave it away", delivery);
        tell.of(delivery, delivery.returned(null, "the broker gave it away"));
        return End.LOST;
    }

    private End trouble(AcquiredRecord held, Delivery delivery, Throwable cause)
            throws ExecutionException, InterruptedException {
        if (cause instanceof CancellationException) {
            return noAnswer(held, delivery);
        }
        if (cause instanceof IllegalArgumentException || cause instanceof ArtifactDamaged) {
            LOG.warn("{} failed: {}", delivery, cause.getMessage());
            FailureKind kind = cause instanceof ArtifactDamaged ? FailureKind.STORE : FailureKind.CANNOT_RUN;
            return tell.of(held, delivery, delivery.failed(kind, String.valueOf(cause.getMessage())), End.FAILED);
        }
        LOG.warn("returned {} for another try", delivery, cause);
        pauseBeforeAnotherTry(delivery.unit());
        return tell.of(held, delivery, delivery.returned(Delivery.kind(cause), cause.toString()), End.RETURNED);
    }

    /** What is wrong may pass, a store that is away for one; the tries should not be used up before it does. */
    private void pauseBeforeAnotherTry(WorkUnit unit) throws InterruptedException {
        // Twice as long each time, shorter than a lock.
        Duration pause = renewEvery.dividedBy(8).multipliedBy(1L << Math.min(unit.handout() - 1, 2));
        long until = System.nanoTime() + pause.toNanos();
        while (!stopping && System.nanoTime() < until && !withdrawals.cover(unit)) {
            Thread.sleep(Math.min(LOOK_EVERY.toMillis(), pause.toMillis()));
        }
    }

    /** @return null when the lock was lost, the unit withdrawn, a step overdue or the solver stopped before it was done */
    private CachingUnitSolver.@Nullable Answer whileHeld(
            AcquiredRecord held, Future<UnitSolver.Answer> future, WorkUnit unit)
            throws ExecutionException, InterruptedException {
        long renewed = System.nanoTime();
        while (!stopping && !withdrawals.cover(unit)) {
            looks.works();
            try {
                return future.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Nothing pretends to be alive: the lock is renewed for what gets on.
                if (inference.overdue().isPresent()) {
                    return null;
                }
                if (System.nanoTime() - renewed > renewEvery.toNanos()) {
                    renewed = System.nanoTime();
                    if (!held.renew()) {
                        return null;
                    }
                }
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        inference.shutdown();
        heartbeats.close();
        withdrawals.close();
        log.stop();
        consumer.close();
        producer.close(Duration.ofSeconds(5));
        try {
            // Weights are freed only when no native call uses them any more; one call cannot be interrupted.
            inference.close(leaves ? Duration.ZERO : LAST_STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
