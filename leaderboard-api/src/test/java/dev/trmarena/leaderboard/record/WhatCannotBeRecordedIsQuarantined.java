package dev.trmarena.leaderboard.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.QuarantinedMessageView;
import dev.trmarena.db.board.ReadQuarantine;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.finish.Finisher;
import dev.trmarena.leaderboard.operate.CountMessages;
import dev.trmarena.loops.Loops;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Meter;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.traces.Traces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that no version of the services wrote lie between good ones, in a real broker; all good ones become rows. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatCannotBeRecordedIsQuarantined {
    private static final String UNKNOWN = "7d0e2f64-93a5-4a55-8a0c-2b3a1f0f0001";

    private final Jdbi jdbi = TestPostgres.migrated();
    private final List<Recorder> recorders = new ArrayList<>();
    private final List<MeterRegistry> meters = new ArrayList<>();

    @TempDir
    Path folder;

    private ArtifactStore store;
    private TestBroker broker;
    private Admin admin;
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeEach
    void start() throws Exception {
        store = new ArtifactStore(folder.resolve("artifacts"));
        broker = new TestBroker(folder.resolve("kafka"));
        broker.start();
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        admin = Admin.create(settings);
        admin.createTopics(List.of(
                        new NewTopic(Topics.OUTCOMES, 1, (short) 1), new NewTopic(Topics.DEAD_WORK, 1, (short) 1)))
                .all()
                .get(60, TimeUnit.SECONDS);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() throws Exception {
        for (Recorder recorder : recorders) {
            recorder.stop(new ShutdownEvent());
        }
        producer.close();
        admin.close();
        broker.close();
    }

    @Test
    void on_each_topic_once_though_it_is_read_again_after_a_restart() throws Exception {
        var set = StoredSet.built(jdbi, store, "small", 0, 4, 60, true);
        UUID solved = set.plan(jdbi, "solved");
        UUID givenUp = set.plan(jdbi, "given up");
        List<Outcome.Solved> answers = set.answers(solved, 1);
        assertThat(answers).as("units").hasSizeGreaterThan(2);

        send(Topics.OUTCOMES, Json.write(answers.get(0)));
        badOutcomes(solved).forEach((problem, bytes) -> send(Topics.OUTCOMES, bytes));
        send(Topics.OUTCOMES, null);
        for (Outcome.Solved answer : answers.subList(1, answers.size())) {
            send(Topics.OUTCOMES, Json.write(answer));
        }
        badUnits().forEach((problem, bytes) -> send(fromTheBroker(bytes)));
        // The broker gave a unit up that can be read: it waits again, and nobody but the dispatcher decides more.
        jdbi.useHandle(handle -> handle.execute(
                "update work_unit set given_out_at = now(), handouts = 1 where evaluation_id = ? and idx = 0",
                givenUp));
        send(Topics.DEAD_WORK, Json.write(unit(givenUp)));
        startRecorder();

        int bad = badOutcomes(solved).size() + 1 + badUnits().size();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(quarantined()).hasSize(bad);
            assertThat(unsolved(solved)).isZero();
            assertThat(inFlight(givenUp)).isZero();
        });
        assertReasons(Topics.OUTCOMES, badOutcomes(solved));
        assertReasons(Topics.DEAD_WORK, badUnits());
        assertThat(quarantined())
                .filteredOn(message -> message.topic().equals(Topics.DEAD_WORK))
                .allSatisfy(message -> assertThat(message.reason()).startsWith("from offset 9 of arena.work-0: "));
        assertThat(counted(0)).as("counted").isEqualTo(bad);
        List<QuarantinedMessageView> before = quarantined();

        restartFromTheSecondMessage();
        send(Topics.OUTCOMES, bytes("the last"));
        await().atMost(Duration.ofSeconds(60)).until(() -> quarantined().size() > bad);
        assertThat(quarantined().subList(1, bad + 1)).isEqualTo(before);
        assertThat(counted(1)).as("not counted again").isEqualTo(1);
        assertThat(predictions(solved)).isEqualTo(set.set().exampleCount());
    }

    /** By what the reason has to say. */
    private static Map<String, byte[]> badOutcomes(UUID evaluation) {
        String who = "\"evaluation\":\"" + evaluation + "\",\"delivery\":\"" + UNKNOWN + "\",";
        String begin = "{\"type\":\"started\"," + who + "\"instance\":\"" + UNKNOWN
                + "\",\"round\":1,\"handout\":1,\"device\":\"CPU\",";
        return Map.ofEntries(
                Map.entry("Unrecognized token", bytes("garbage \0 \ud83d and more")),
                Map.entry("it says null", bytes("null")),
                Map.entry("No content", new byte[0]),
                Map.entry("mood\\u0000", bytes(begin + "\"unit\":0,\"solver\":\"s\",\"mood\\u0000\":1}")),
                Map.entry("'paused'", bytes("{\"type\":\"paused\",\"evaluation\":\"" + evaluation + "\"}")),
                Map.entry("missing type id", bytes("{\"evaluation\":\"" + evaluation + "\"}")),
                Map.entry("unit is -1", bytes(begin + "\"unit\":-1,\"solver\":\"s\"}")),
                Map.entry("unit\"", bytes(begin + "\"solver\":\"s\"}")),
                Map.entry("Trailing", bytes(begin + "\"unit\":0,\"solver\":\"s\"}{}")),
                Map.entry(
                        "reason",
                        bytes("{\"type\":\"failed\"," + who
                                + "\"unit\":0,\"solver\":\"s\",\"kind\":\"store\",\"log\":[]}")),
                Map.entry("0x00", bytes(begin + "\"unit\":0,\"solver\":\"nul \\u0000\"}")),
                Map.entry(
                        "there is no evaluation " + UNKNOWN,
                        Json.write(new Outcome.Failed(
                                UUID.fromString(UNKNOWN),
                                0,
                                UUID.fromString(UNKNOWN),
                                "s",
                                FailureKind.CANNOT_RUN,
                                "why",
                                List.of()))));
    }

    private static Map<String, byte[]> badUnits() {
        return Map.of(
                "Unrecognized token",
                bytes("garbage"),
                "priority",
                bytes(text(unit(UUID.fromString(UNKNOWN))).replace("}", ",\"priority\":1}")),
                "there is no evaluation " + UNKNOWN,
                Json.write(unit(UUID.fromString(UNKNOWN))));
    }

    private static String text(WorkUnit unit) {
        return new String(Json.write(unit), StandardCharsets.UTF_8);
    }

    private static WorkUnit unit(UUID evaluation) {
        return new WorkUnit(
                evaluation, 0, Purpose.SCORE, 1, 1, "a".repeat(64), "b".repeat(64), 0, 1, 1, "1-steps.float32", 0);
    }

    private void assertReasons(String topic, Map<String, byte[]> bad) {
        bad.forEach((problem, bytes) -> assertThat(quarantined())
                .as("%s with reason %s", topic, problem)
                .anySatisfy(message -> {
                    assertThat(message.topic()).isEqualTo(topic);
                    assertThat(Base64.getDecoder().decode(message.preview())).isEqualTo(bytes);
                    assertThat(message.length()).isEqualTo(bytes.length);
                    assertThat(message.reason()).containsIgnoringCase(problem.replace("\\u0000", "?"));
                }));
    }

    private double counted(int process) {
        return meters.get(process).find(Meter.QUARANTINED.id()).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void startRecorder() {
        var finisher = Finisher.started(jdbi, store);
        var outcomes = new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob());
        var registry = new SimpleMeterRegistry();
        var messages = new KafkaMessageHandler(outcomes, jdbi, new CountMessages(registry), Traces.unexported());
        var recorder = new Recorder(
                messages, new RecorderProgress(registry), broker.bootstrapServers(), "recorder", new Loops());
        meters.add(registry);
        recorders.add(recorder);
        recorder.start(new StartupEvent());
    }

    /** As a process that died before it committed what it had read. */
    private void restartFromTheSecondMessage() throws Exception {
        recorders.remove(0).stop(new ShutdownEvent());
        var again = new OffsetAndMetadata(1);
        var offsets =
                Map.of(new TopicPartition(Topics.OUTCOMES, 0), again, new TopicPartition(Topics.DEAD_WORK, 0), again);
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            admin.alterConsumerGroupOffsets(Topics.RECORDERS, offsets).all().get(10, TimeUnit.SECONDS);
            return true;
        });
        startRecorder();
    }

    /** A dead letter as Kafka writes it. */
    private static ProducerRecord<byte[], byte[]> fromTheBroker(byte[] unit) {
        var letter = new ProducerRecord<>(Topics.DEAD_WORK, bytes("key"), unit);
        letter.headers()
                .add("__dlq.errors.topic", bytes(Topics.WORK))
                .add("__dlq.errors.partition", bytes("0"))
                .add("__dlq.errors.offset", bytes("9"));
        return letter;
    }

    private void send(String topic, byte @Nullable [] message) {
        send(new ProducerRecord<>(topic, bytes("key"), message));
    }

    private void send(ProducerRecord<byte[], byte[]> message) {
        try {
            producer.send(message).get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("not sent to " + message.topic(), e);
        }
    }

    private List<QuarantinedMessageView> quarantined() {
        return jdbi.withHandle(handle -> ReadQuarantine.newest(handle, null, 1000));
    }

    private int unsolved(UUID evaluation) {
        return count("select count(*) from work_unit where evaluation_id = ? and solved_at is null", evaluation);
    }

    private int predictions(UUID evaluation) {
        return count("select count(*) from prediction where evaluation_id = ?", evaluation);
    }

    private int count(String query, UUID evaluation) {
        return jdbi.withHandle(handle -> handle.createQuery(query)
                .bind(0, evaluation)
                .mapTo(Integer.class)
                .one());
    }

    private int inFlight(UUID evaluation) {
        return count("select count(*) from work_unit where evaluation_id = ? and given_out_at is not null", evaluation);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
