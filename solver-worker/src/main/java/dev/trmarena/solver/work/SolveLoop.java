package dev.trmarena.solver.work;

import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
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
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
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

    private final String solver;
    private final Workshop workshop;
    private final Duration renewEvery;
    private final KafkaShareConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final ExecutorService inference = Executors.newSingleThreadExecutor(run -> new Thread(run, "inference"));
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
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    handle(record);
                }
                consuming = true;
            } catch (WakeupException e) {
                LOG.debug("woken up to stop");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopping = true;
            }
        }
        consuming = false;
    }

    /** Whether the loop gets through its polls. */
    public boolean consuming() {
        return consuming;
    }

    public void stop() {
        stopping = true;
        consumer.wakeup();
    }

    private void handle(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        WorkUnit unit;
        try {
            unit = Json.read(record.value(), WorkUnit.class);
        } catch (UncheckedIOException e) {
            LOG.error("rejected an unreadable work unit at offset {}: {}", record.offset(), e.getMessage());
            acknowledge(record, AcknowledgeType.REJECT);
            return;
        }
        try {
            send(new Outcome.Started(unit.evaluation(), unit.index(), solver));
            Outcome outcome = solved(record, unit);
            if (outcome == null) {
                acknowledge(record, AcknowledgeType.RELEASE);
                return;
            }
            send(outcome);
            acknowledge(record, AcknowledgeType.ACCEPT);
            log(unit, outcome);
        } catch (ExecutionException e) {
            LOG.warn("released unit {} of {} for another try: {}", unit.index(), unit.evaluation(), e.getCause());
            acknowledge(record, AcknowledgeType.RELEASE);
        }
    }

    /** @return null when the solver was stopped before the unit was done */
    private @Nullable Outcome solved(ConsumerRecord<String, byte[]> record, WorkUnit unit)
            throws ExecutionException, InterruptedException {
        Future<Outcome> future = inference.submit(() -> workshop.solve(unit));
        while (true) {
            try {
                return future.get(renewEvery.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (stopping) {
                    return null;
                }
                // Committed before the next poll, or the broker counts another delivery.
                acknowledge(record, AcknowledgeType.RENEW);
            }
        }
    }

    private void acknowledge(ConsumerRecord<String, byte[]> record, AcknowledgeType type) {
        consumer.acknowledge(record, type);
        consumer.commitSync()
                .forEach((partition, problem) -> problem.ifPresent(
                        e -> LOG.warn("{} of offset {} failed: {}", type, record.offset(), e.toString())));
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
