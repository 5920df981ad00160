package dev.trmarena.solver.work;

import dev.trmarena.messages.Json;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.Withdrawal;
import dev.trmarena.messages.WorkUnit;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The units that nobody waits for any more. Reads all that was ever withdrawn, then what is, as it happens. */
final class Withdrawals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 1000;

    private final Map<UUID, Withdrawal> last = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final String bootstrap;
    private final Thread thread = new Thread(this::run, "withdrawals");

    Withdrawals(String bootstrap) {
        this.bootstrap = bootstrap;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean cover(WorkUnit unit) {
        Withdrawal withdrawal = last.get(unit.evaluation());
        return withdrawal != null && withdrawal.covers(unit);
    }

    private void run() {
        boolean troubled = false;
        while (stopping.getCount() > 0) {
            try (var consumer = new KafkaConsumer<>(
                    settings(bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                List<TopicPartition> partitions = consumer.partitionsFor(Topics.WITHDRAWN).stream()
                        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                        .toList();
                if (partitions.isEmpty()) {
                    throw new UnknownTopicOrPartitionException("there is no topic " + Topics.WITHDRAWN);
                }
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                while (stopping.getCount() > 0) {
                    consumer.poll(POLL).forEach(this::take);
                    troubled = false;
                }
            } catch (KafkaException e) {
                if (!troubled) {
                    LOG.warn("cannot read what is withdrawn, trying until it works: {}", e.toString());
                }
                troubled = true;
                pause();
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            Withdrawal withdrawal = Json.read(record.value(), Withdrawal.class);
            last.merge(
                    withdrawal.evaluation(), withdrawal, (known, next) -> known.round() >= next.round() ? known : next);
        } catch (UncheckedIOException e) {
            // One that is not read costs time, not truth: what it is about is solved for nothing.
            LOG.error("offset {} of {} is no withdrawal: {}", record.offset(), record.topic(), e.getMessage());
        }
    }

    private void pause() {
        try {
            if (stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("ending");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private static Map<String, Object> settings(String bootstrap) {
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "enable.auto.commit",
                false,
                // Of a topic that is made anew, too.
                "auto.offset.reset",
                "earliest",
                "metadata.max.age.ms",
                5000,
                "default.api.timeout.ms",
                10_000);
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(POLL.multipliedBy(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
