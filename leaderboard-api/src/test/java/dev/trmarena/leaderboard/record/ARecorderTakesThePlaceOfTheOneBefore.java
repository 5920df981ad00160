package dev.trmarena.leaderboard.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker need not find out that a recorder died: the next one gets its partitions and goes on where it had got to. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ARecorderTakesThePlaceOfTheOneBefore {
    private static final TopicPartition OUTCOMES = new TopicPartition(Topics.OUTCOMES, 0);
    private static final Duration SOON = Duration.ofSeconds(20);

    /** The longest that a broker takes. */
    private static final int NEVER = 30 * 60_000;

    @TempDir
    Path folder;

    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(folder);
        broker.start();
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            await().atMost(SOON).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(Topics.OUTCOMES, 1, (short) 1)))
                        .all()
                        .get();
                return true;
            });
        }
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < 9; i++) {
                producer.send(new ProducerRecord<>(Topics.OUTCOMES, new byte[1]))
                        .get();
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void that_was_killed() {
        try (var before = consumer(settings());
                var after = consumer(settings())) {
            awaitPartition(before);
            before.commitSync(Map.of(OUTCOMES, new OffsetAndMetadata(7)));
            awaitPartition(after);
            assertThat(after.committed(Set.of(OUTCOMES))).containsEntry(OUTCOMES, new OffsetAndMetadata(7));
            await().atMost(SOON).untilAsserted(() -> assertThatThrownBy(() -> before.poll(Duration.ofMillis(200)))
                    .isInstanceOf(FencedInstanceIdException.class));
        }
    }

    /** Which was a member of the other protocol, and left. */
    @Test
    void of_the_version_before() {
        Map<String, Object> old = settings();
        old.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        old.remove(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
        old.remove(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);
        old.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        try (var before = consumer(old)) {
            awaitPartition(before);
            before.commitSync(Map.of(OUTCOMES, new OffsetAndMetadata(7)));
        }
        try (var after = consumer(settings())) {
            awaitPartition(after);
            assertThat(after.committed(Set.of(OUTCOMES))).containsEntry(OUTCOMES, new OffsetAndMetadata(7));
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(Recorder.settings(broker.bootstrapServers(), "recorder"));
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, NEVER);
        return settings;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        var consumer = new KafkaConsumer<byte[], byte[]>(settings);
        consumer.subscribe(List.of(Topics.OUTCOMES));
        return consumer;
    }

    private static void awaitPartition(KafkaConsumer<byte[], byte[]> consumer) {
        await().atMost(SOON).until(() -> {
            consumer.poll(Duration.ofMillis(200));
            return consumer.assignment().contains(OUTCOMES);
        });
    }
}
