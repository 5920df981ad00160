package dev.trmarena.leaderboard.record;

import dev.trmarena.messages.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Reads outcomes, heartbeats of solvers and units that were given up. Offsets are committed after the rows: what was read by a process that died is
 * read again, and recording it again changes nothing.
 */
@ApplicationScoped
class Recorder {
    private static final Logger LOG = Logger.getLogger(Recorder.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 1000;
    private static final long GOODBYE_MILLIS = 3000;

    private final RecordMessage recordMessage;
    private final RecorderPulse pulse;
    private final String bootstrapServers;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "recorder");
    private boolean troubled;

    Recorder(
            RecordMessage recordMessage,
            RecorderPulse pulse,
            @ConfigProperty(name = "arena.kafka") String bootstrapServers) {
        this.recordMessage = recordMessage;
        this.pulse = pulse;
        this.bootstrapServers = bootstrapServers;
    }

    void start(@Observes StartupEvent started) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        thread.join(GOODBYE_MILLIS);
    }

    private boolean stopping() {
        return stopping.getCount() == 0;
    }

    private void run() {
        while (!stopping()) {
            try (var consumer = new KafkaConsumer<byte[], byte[]>(settings(bootstrapServers))) {
                consumer.subscribe(List.of(Topics.OUTCOMES, Topics.DEAD_WORK, Topics.HEARTBEATS));
                pulse.begun(consumer);
                while (!stopping()) {
                    recordSome(consumer);
                }
            } catch (RuntimeException e) {
                // The next consumer begins where the last commit was.
                if (!troubled && !stopping()) {
                    LOG.warnf("cannot record outcomes, trying until it works: %s", e.getMessage());
                    troubled = true;
                }
                pulse.ended();
                pause();
            }
        }
    }

    private void recordSome(KafkaConsumer<byte[], byte[]> consumer) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
            List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
            records.forEach(messages::add);
            recordMessage.recordAll(messages);
            consumer.commitSync();
            if (troubled) {
                LOG.info("outcomes are recorded again");
                troubled = false;
            }
        }
        pulse.polled(consumer);
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

    static Map<String, Object> settings(String bootstrapServers) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                Topics.RECORDERS,
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                "consumer",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                50,
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                5000,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class);
    }
}
