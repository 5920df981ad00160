package dev.trmarena.arena.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.arena.kafka.WorkTopics;
import dev.trmarena.messages.Kept;
import dev.trmarena.messages.Retention;
import dev.trmarena.messages.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker, as a child process: killed and restarted, it knows what it acknowledged. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KafkaKeepsItsMessages {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** One of them is set otherwise. */
    private static final Retention RETENTION =
            Retention.of(Map.of("ARENA_RETENTION_SOLVER_ENDS_TIME", "P7D", "ARENA_RETENTION_SOLVER_ENDS_BYTES", "64M"));

    @TempDir
    Path folder;

    @Test
    void over_a_kill_and_gives_up_on_a_unit_after_ten_deliveries_at_last() throws Exception {
        try (var running = new Running(folder)) {
            List<Integer> ports = Ports.free(2);
            String bootstrap = "127.0.0.1:" + ports.get(0);
            Child kafka = running.children.start(running.programs.kafka(ports.get(0), ports.get(1)));
            WorkTopics.create(bootstrap, PATIENCE, RETENTION);
            send(bootstrap, "a unit nobody can solve");

            Process first = Objects.requireNonNull(kafka.process());
            first.destroyForcibly();
            await().atMost(PATIENCE).until(() -> kafka.process() != first);
            WorkTopics.create(bootstrap, PATIENCE, RETENTION);

            everyTopicIsKeptForSoLong(bootstrap);
            assertThat(deliveriesUntilGone(bootstrap))
                    .as("the most that it allows: it does not decide")
                    .isEqualTo(10);
            assertThat(deadLetter(bootstrap)).isEqualTo("a unit nobody can solve");
        }
        assertThat(folder.resolve("children")).doesNotExist();
    }

    /** Of its bytes a part is in the segment that is written to, which the broker does not delete. */
    private static void everyTopicIsKeptForSoLong(String bootstrap) throws Exception {
        Map<String, Kept> kept = Map.of(
                Topics.WORK, Kept.WORK,
                Topics.OUTCOMES, Kept.OUTCOMES,
                Topics.WITHDRAWN, Kept.WITHDRAWN,
                Topics.HEARTBEATS, Kept.HEARTBEATS,
                Topics.SOLVER_ENDS, Kept.SOLVER_ENDS,
                Topics.DEAD_WORK, Kept.DEAD_WORK);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
            assertThat(admin.listTopics().names().get()).as("every topic").isEqualTo(kept.keySet());
            List<ConfigResource> topics = kept.keySet().stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            admin.describeConfigs(topics).all().get().forEach((topic, config) -> {
                Kept what = Objects.requireNonNull(kept.get(topic.name()));
                assertThat(number(config, "retention.ms"))
                        .as(topic.name())
                        .isEqualTo(RETENTION.time(what).toMillis());
                assertThat(number(config, "segment.ms"))
                        .as(topic.name())
                        .isLessThanOrEqualTo(number(config, "retention.ms") / 4);
                assertThat(number(config, "retention.bytes") + number(config, "segment.bytes"))
                        .as(topic.name())
                        .isEqualTo(RETENTION.bytes(what));
                assertThat(config.get("cleanup.policy").value())
                        .as(topic.name())
                        .contains("delete");
            });
        }
    }

    private static long number(Config config, String name) {
        return Long.parseLong(config.get(name).value());
    }

    private static void send(String bootstrap, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.WORK, value)).get();
        }
    }

    private static int deliveriesUntilGone(String bootstrap) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                Topics.SOLVERS,
                "share.acknowledgement.mode",
                "explicit",
                "share.acquire.mode",
                "record_limit",
                "max.poll.records",
                1);
        int deliveries = 0;
        try (var solver = new KafkaShareConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            solver.subscribe(List.of(Topics.WORK));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            int quiet = 0;
            while (System.nanoTime() < deadline && quiet < 4) {
                var records = solver.poll(Duration.ofMillis(500));
                quiet = records.isEmpty() && deliveries > 0 ? quiet + 1 : 0;
                for (ConsumerRecord<String, String> record : records) {
                    deliveries++;
                    solver.acknowledge(record, AcknowledgeType.RELEASE);
                    solver.commitSync();
                }
            }
        }
        return deliveries;
    }

    private static String deadLetter(String bootstrap) {
        try (var reader = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partition = new TopicPartition(Topics.DEAD_WORK, 0);
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> record : reader.poll(Duration.ofMillis(200))) {
                    return record.value();
                }
            }
            return "no dead letter";
        }
    }
}
