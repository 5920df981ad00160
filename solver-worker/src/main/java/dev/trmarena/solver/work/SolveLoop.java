package dev.trmarena.solver.work;

import dev.trmarena.loops.Loops;
import dev.trmarena.traces.Traces;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Takes work units from the share group, as many at a time as fill a batch, and solves them. A unit is accepted only after what came of it lies in Kafka; until
 * then the lock on it is renewed.
 */
public final class SolveLoop implements AutoCloseable {
    /** Well below the broker's lock duration of 15 s. */
    private static final Duration RENEW_EVERY = Duration.ofSeconds(5);

    /** The client gives a message up after two minutes, and a commit after one. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(5);

    /** A batch of full-size canvases takes a minute or two on a few slow cores. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(30);

    /** So long a step may take that a solver is in when it ends. */
    private static final Duration LAST_STEP = Duration.ofSeconds(5);

    private final KafkaProducer<String, byte[]> producer;
    private final Loops loops = new Loops();
    private final Inference inference;
    private final SolverMeters meters;
    private final Withdrawals withdrawals;
    private final HeartbeatSender heartbeats;
    private final UnitLog log = UnitLog.listening();
    private final Workplace.End end = new Workplace.End();
    private final List<TakeUnits> takes;
    private final List<Hand> hands;

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
        var pace = new Pace();
        var deadline = new StepDeadline(longestStep, loops.watched("inference", longestStep));
        this.inference = new Inference(unitSolver, deadline, pace);
        this.producer = Clients.producer(bootstrap);
        this.takes = List.of(
                new TakeUnits(units -> Clients.consumer(bootstrap, units)),
                new TakeUnits(units -> Clients.consumer(bootstrap, units)));
        this.meters = new SolverMeters(takes.get(0)::heartbeatAge);
        this.withdrawals = new Withdrawals(bootstrap, loops);
        this.heartbeats = new HeartbeatSender(solver, producer, loops);
        var place = new Workplace(
                solver,
                traces,
                renewEvery,
                pace,
                inference,
                withdrawals,
                heartbeats,
                new TellOutcome(producer, heartbeats, meters),
                meters,
                log,
                new Semaphore(1),
                end);
        this.hands = List.of(
                new Hand(place, takes.get(0), loops.watched("solve", LONGEST_LOOK)),
                new Hand(place, takes.get(1), loops.watched("solve, too", LONGEST_LOOK)));
    }

    /** Until {@link #stop()}, or until {@link #leaves()}. */
    public void run() {
        withdrawals.start();
        heartbeats.start();
        var second = new FutureTask<Void>(() -> run(hands.get(1)), null);
        new Thread(second, Thread.currentThread().getName() + ", too").start();
        run(hands.get(0));
        try {
            second.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a hand of this solver ended", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where one ends, so does the other. */
    private void run(Hand hand) {
        try {
            hand.run();
        } finally {
            end.ask();
        }
    }

    /** Whether {@link #run} ended inside a step that nobody waits for: whoever runs this ends the process, another one starts. */
    public boolean leaves() {
        return end.leaves();
    }

    /** Whether the broker was reached: true while units are being solved, too. */
    public boolean consuming() {
        return hands.stream().anyMatch(Hand::consuming);
    }

    /** What does not get on, one line each: a thread that ended, a step that takes longer than any does. */
    public List<String> troubles() {
        return loops.troubles();
    }

    /** What it did so far and does now, in the text format of Prometheus. */
    public String meters() {
        return meters.scrape();
    }

    /** Ends {@link #run} within about a second; the units at hand go back. */
    public void stop() {
        end.ask();
    }

    /** Whether it was closed and nothing is computed any more: a native call cannot be interrupted, and may take longer. */
    public boolean ended() {
        return inference.ended();
    }

    @Override
    public void close() throws IOException {
        inference.shutdown();
        heartbeats.close();
        withdrawals.close();
        log.stop();
        takes.forEach(TakeUnits::close);
        producer.close(Duration.ofSeconds(5));
        try {
            // Weights are freed only when no native call uses them any more; one call cannot be interrupted.
            inference.close(end.leaves() ? Duration.ZERO : LAST_STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
