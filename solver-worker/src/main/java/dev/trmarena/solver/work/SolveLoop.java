package dev.trmarena.solver.work;

import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.solver.work.SolverMeters.End;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes work units from the share group one at a time. A unit is accepted only after its outcome lies in Kafka; until then
 * the lock on it is renewed, so that a slow unit is not given to another solver, and a killed solver's unit is.
 */
public final class SolveLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SolveLoop.class);

    /** Well below the broker's lock duration of 30 s. */
    private static final Duration RENEW_EVERY = Duration.ofSeconds(8);

    private static final Duration IDLE_POLL = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final String solver;
    private final Workshop workshop;
    private final Duration renewEvery;
    private final KafkaShareConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final ExecutorService inference = Executors.newSingleThreadExecutor(run -> new Thread(run, "inference"));
    private final SolverMeters meters;
    private volatile boolean stopping;
    private volatile boolean consuming;

    public SolveLoop(String bootstrap, String solver, Workshop workshop) {
        this(bootstrap, solver, workshop, RENEW_EVERY);
    }

    SolveLoop(String bootstrap, String solver, Workshop workshop, Duration renewEvery) {
        this.solver = solver;
        this.workshop = workshop;
        this.renewEvery = renewEvery;
        this.consumer = new KafkaShareConsumer<>(
                consumerSettings(bootstrap), new StringDeserializer(), new ByteArrayDeserializer());
        this.meters = new SolverMeters(consumer);
        this.producer =
                new KafkaProducer<>(producerSettings(bootstrap), new StringSerializer(), new ByteArraySerializer());
    }

    private static Properties consumerSettings(String bootstrap) {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("group.id", Topics.SOLVERS);
        settings.put("share.acknowledgement.mode", "explicit");
        settings.put("share.acquire.mode", "record_limit");
        settings.put("max.poll.records", "1");
        return settings;
    }

    private static Properties producerSettings(String bootstrap) {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("compression.type", "lz4");
        settings.put("max.request.size", String.valueOf(8 << 20));
        return settings;
    }

    /** Until {@link #stop()}. */
    public void run() {
        consumer.subscribe(List.of(Topics.WORK));
        while (!stopping) {
            try {
                var records = consumer.poll(IDLE_POLL);
                consuming = true;
                for (ConsumerRecord<String, byte[]> record : records) {
                    meters.busy(true);
                    handle(new HeldRecord(consumer, record));
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
        consuming = false;
    }

    /** Whether the broker was reached: true while a unit is being solved, too. */
    public boolean consuming() {
        return consuming;
    }

    /** What it did so far and does now, in the text format of Prometheus. */
    public String meters() {
        return meters.scrape();
    }

    /** Ends {@link #run} within about a second; the unit at hand goes back. */
    public void stop() {
        stopping = true;
    }

    private void handle(HeldRecord held) throws InterruptedException {
        WorkUnit unit;
        try {
            unit = Json.read(held.value(), WorkUnit.class);
        } catch (UncheckedIOException e) {
            // The broker puts its bytes to the dead letters, where the recorder sets them aside.
            LOG.error("rejected an unreadable work unit at {}: {}", held, e.getMessage());
            held.reject();
            meters.ended(End.REJECTED);
            return;
        }
        try {
            send(new Outcome.Started(unit.evaluation(), unit.index(), solver));
            meters.ended(solve(held, unit));
        } catch (ExecutionException e) {
            LOG.warn("released unit {} of {} for another try", unit.index(), unit.evaluation(), e.getCause());
            held.release();
            meters.ended(End.RELEASED);
        }
    }

    private End solve(HeldRecord held, WorkUnit unit) throws ExecutionException, InterruptedException {
        var abandoned = new AtomicBoolean();
        Future<Outcome> future = inference.submit(() -> workshop.solve(unit, meters.timed(abandoned::get)));
        try {
            Outcome outcome = whileHeld(held, future);
            if (outcome != null) {
                send(outcome);
                held.accept();
                log(unit, outcome);
                return outcome instanceof Outcome.Solved ? End.SOLVED : End.FAILED;
            } else if (held.isHeld()) {
                held.release();
                return End.RELEASED;
            } else {
                LOG.warn("lost the lock on unit {} of {}: another solver has it", unit.index(), unit.evaluation());
                return End.LOST;
            }
        } finally {
            // A native call cannot be interrupted: it ends after the step that it is in.
            abandoned.set(true);
        }
    }

    /** @return null when the lock was lost or the solver was stopped before the unit was done */
    private @Nullable Outcome whileHeld(HeldRecord held, Future<Outcome> future)
            throws ExecutionException, InterruptedException {
        long renewed = System.nanoTime();
        while (!stopping) {
            try {
                return future.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
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

    private void send(Outcome outcome) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(Topics.OUTCOMES, outcome.evaluation().toString(), Json.write(outcome)))
                .get();
    }

    private static void log(WorkUnit unit, Outcome outcome) {
        if (outcome instanceof Outcome.Solved solved) {
            LOG.info(
                    "evaluation {} unit {}: {} examples in {} ms",
                    unit.evaluation(),
                    unit.index(),
                    unit.exampleCount(),
                    solved.computeMillis());
        } else if (outcome instanceof Outcome.Failed failed) {
            LOG.warn("evaluation {} unit {} failed: {}", unit.evaluation(), unit.index(), failed.reason());
        }
    }

    @Override
    public void close() throws IOException {
        inference.shutdown();
        consumer.close();
        producer.close(Duration.ofSeconds(5));
        try {
            // Weights are freed only when no native call uses them any more; one call cannot be interrupted.
            if (inference.awaitTermination(5, TimeUnit.SECONDS)) {
                workshop.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
