package dev.trmarena.ingest.relay;

import dev.trmarena.db.OutboxMessage;
import dev.trmarena.traces.Traces;
import jakarta.enterprise.context.Dependent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Sends messages and returns when the broker has all of them. Used by one thread. */
@Dependent
class SendToKafka implements AutoCloseable {
    private final String bootstrapServers;
    private final int timeoutMillis;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    SendToKafka(@ConfigProperty(name = "arena.kafka") String bootstrapServers, RelayConfig config) {
        this.bootstrapServers = bootstrapServers;
        this.timeoutMillis = Math.toIntExact(config.sendTimeout().toMillis());
    }

    /**
     * @throws SendFailure when at least one message may not have arrived; others may have: the receivers bear repetition
     */
    void send(List<OutboxMessage> messages) throws InterruptedException {
        try {
            List<Future<RecordMetadata>> sends = new ArrayList<>(messages.size());
            for (OutboxMessage message : messages) {
                byte[] key = message.key().getBytes(StandardCharsets.UTF_8);
                var record = new ProducerRecord<>(message.topic(), key, message.payload());
                byte[] traceparent = Traces.bytes(message.traceparent());
                if (traceparent != null) {
                    record.headers().add(Traces.TRACEPARENT, traceparent);
                }
                sends.add(producer().send(record));
            }
            for (Future<RecordMetadata> send : sends) {
                send.get();
            }
        } catch (ExecutionException e) {
            close();
            throw new SendFailure(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            close();
            throw new SendFailure(e);
        }
    }

    /** Kafka is away, or refuses. */
    static final class SendFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SendFailure(Throwable cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    // Made on first use and after every failure: neither an absent Kafka at the start nor a producer that gave up ends
    // the relay.
    private KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrapServers,
                            ProducerConfig.CLIENT_ID_CONFIG,
                            "ingest-relay",
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            timeoutMillis,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            timeoutMillis / 2,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            timeoutMillis,
                            ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                            500),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
