package dev.trmarena.solver.work;

import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The units that nobody waits for any more. Reads all that was ever withdrawn, then what is, as it happens. */
final class Withdrawals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /** The client gives a question up after ten seconds. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Map<UUID, Withdrawal> last = new ConcurrentHashMap<>();
    private final CountDownLatch known = new CountDownLatch(1);
    private final String bootstrap;
    private final PollingLoop loop;

    Withdrawals(String bootstrap, Loops loops) {
        this.bootstrap = bootstrap;
        this.loop = loops.loop("withdrawals", "read what is withdrawn", LONGEST, new Read());
    }

    void start() {
        loop.start();
    }

    /**
     * Waits until all is known that was withdrawn before. A solver that is started in the place of one that left a withdrawn step
     * would otherwise begin the next step of the same evaluation. Whoever waited in vain costs time, not truth.
     */
    void awaitKnown(Duration patience) throws InterruptedException {
        known.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean cover(WorkUnit unit) {
        Withdrawal withdrawal = last.get(unit.evaluation());
        return withdrawal != null && withdrawal.covers(unit);
    }

    /** All of it again after trouble: what is known already changes nothing. */
    private final class Read implements PollingLoop.Turn {
        private @Nullable KafkaConsumer<byte[], byte[]> consumer;
        private Map<TopicPartition, Long> ends = Map.of();

        @Override
        public Duration turn() {
            KafkaConsumer<byte[], byte[]> reading = consumer;
            if (reading == null) {
                reading = new KafkaConsumer<>(
                        settings(bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                consumer = reading;
                ends = fromTheBeginning(reading);
            }
            reading.poll(POLL).forEach(Withdrawals.this::take);
            if (known.getCount() > 0 && hasReadTo(reading, ends)) {
                known.countDown();
            }
            return Duration.ZERO;
        }

        @Override
        public void troubled() {
            ended();
        }

        @Override
        public void ended() {
            KafkaConsumer<byte[], byte[]> used = consumer;
            consumer = null;
            if (used != null) {
                used.close();
            }
        }
    }

    private static boolean hasReadTo(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** @return where it ends now */
    private static Map<TopicPartition, Long> fromTheBeginning(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.WITHDRAWN).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no topic " + Topics.WITHDRAWN);
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer.endOffsets(partitions);
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
        try {
            loop.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
