package dev.trmarena.leaderboard.record;

import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
import dev.trmarena.messages.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Reads outcomes, heartbeats and ends of solvers, and what they could not read. Offsets are committed after the rows: what was read by a process that died is
 * read again, and recording it again changes nothing.
 */
@ApplicationScoped
class Recorder {
    private static final Duration POLL = Duration.ofMillis(500);

    /** The rows of a poll take seconds, the client gives a commit up after a minute. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final KafkaMessageHandler messageHandler;
    private final RecorderProgress progress;
    private final String bootstrapServers;
    private final String name;
    private final PollingLoop loop;

    Recorder(
            KafkaMessageHandler messageHandler,
            RecorderProgress progress,
            @ConfigProperty(name = "arena.kafka") String bootstrapServers,
            @ConfigProperty(name = "arena.recorder.name", defaultValue = "recorder") String name,
            Loops loops) {
        this.messageHandler = messageHandler;
        this.progress = progress;
        this.bootstrapServers = bootstrapServers;
        this.name = name;
        this.loop = loops.loop("recorder", "record outcomes", LONGEST, new Consume());
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
    }

    /** With one consumer, until there is trouble: the next one begins where the last commit was. */
    private final class Consume implements PollingLoop.Turn {
        private @Nullable KafkaConsumer<byte[], byte[]> consumer;

        @Override
        public Duration turn() {
            KafkaConsumer<byte[], byte[]> consuming = consumer;
            if (consuming == null) {
                consuming = new KafkaConsumer<>(settings(bootstrapServers, name));
                consumer = consuming;
                consuming.subscribe(List.of(Topics.OUTCOMES, Topics.DEAD_WORK, Topics.HEARTBEATS, Topics.SOLVER_ENDS));
                progress.begun(consuming);
            }
            recordSome(consuming);
            return Duration.ZERO;
        }

        @Override
        public void troubled() {
            progress.ended();
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

    private void recordSome(KafkaConsumer<byte[], byte[]> consumer) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
            List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
            records.forEach(messages::add);
            messageHandler.recordAll(messages);
            consumer.commitSync();
        }
        progress.polled(consumer);
    }

    /**
     * @param name whoever bears it takes the place of the one who bore it before, at once: a process that was killed stays a
     *     member of the group, with its partitions, until the broker finds it silent, and a broker that was itself started again
     *     meanwhile may never find it so (decision 106)
     */
    static Map<String, Object> settings(String bootstrapServers, String name) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, Topics.RECORDERS);
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name);
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5000);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }
}
