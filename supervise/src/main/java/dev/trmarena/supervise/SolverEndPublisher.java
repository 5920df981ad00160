package dev.trmarena.supervise;

import dev.trmarena.messages.Json;
import dev.trmarena.messages.SolverEnded;
import dev.trmarena.messages.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tells how solvers ended, one after the other. A broker that is away is waited for, but not for ever. */
public final class SolverEndPublisher implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MOST_WAITING = 100;

    private final String bootstrap;
    private final Consumer<String> trouble;
    private final ThreadPoolExecutor telling =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                var thread = new Thread(task, "tell ends");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * @param bootstrap {@code host:port} of the broker
     * @param trouble hears, for people, of an end that could not be told
     */
    public SolverEndPublisher(String bootstrap, Consumer<String> trouble) {
        this.bootstrap = bootstrap;
        this.trouble = trouble;
    }

    /** Returns at once. */
    public void tell(SolverEnded ended) {
        try {
            telling.execute(() -> send(ended));
        } catch (RejectedExecutionException e) {
            trouble.accept("not told: " + ended.reason());
        }
    }

    /** A connection of its own for each: they are rare, and nothing is to be kept up for them. */
    private void send(SolverEnded ended) {
        try (var producer = new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.SOLVER_ENDS, ended.solver(), Json.write(ended)))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            trouble.accept("not told: " + ended.reason());
        } catch (ExecutionException | KafkaException e) {
            trouble.accept("cannot tell the platform that " + ended.reason() + ": " + e.getMessage());
        }
    }

    private Map<String, Object> settings() {
        int patience = (int) PATIENCE.toMillis();
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "max.block.ms",
                patience,
                "delivery.timeout.ms",
                patience,
                "reconnect.backoff.max.ms",
                1000);
    }

    /** Gives what is still to be told so long. */
    public void close(Duration patience) throws InterruptedException {
        telling.shutdown();
        if (!telling.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            telling.shutdownNow();
        }
    }

    /** At once: what is still to be told is not. */
    @Override
    public void close() {
        telling.shutdownNow();
    }
}
