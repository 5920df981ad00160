package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A whole platform whose deadlines are seconds, and nobody who solves: what the broker lost, what nobody works on and what was
 * forgotten has no end of its own.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryDeadlineIsKept {
    private static final Load LOAD = Load.MANY_UNITS;

    /** In which a solver starts and solves its first unit, on a slow machine, too. */
    private static final Duration NO_PROGRESS = Duration.ofSeconds(60);

    private Platform platform;
    private ArenaClient client;
    private Recorded recorded;

    @BeforeAll
    void start() throws Exception {
        Map<String, String> settings = new HashMap<>(DisturbedPlatform.SMALL_UNITS);
        settings.put("ARENA_DISPATCH_REAP", "0.5S");
        settings.put("ARENA_DISPATCH_SILENT", "5S");
        settings.put("ARENA_DISPATCH_UNTOUCHED", "5S");
        settings.put("ARENA_DISPATCH_NO_PROGRESS", NO_PROGRESS.toSeconds() + "S");
        settings.put("ARENA_DISPATCH_PAUSED", "5S");
        platform = Platform.up(Files.createTempDirectory("arena-deadlines"), settings, "--no-demo", "--solvers", "0");
        client = new ArenaClient(platform.url(), null);
        recorded = new Recorded(platform);
    }

    @AfterAll
    void stop() throws Exception {
        platform.close();
        FileUtils.deleteDirectory(platform.data().toFile());
    }

    @Test
    @Order(1)
    void one_that_was_paused_and_forgotten_is_cancelled() throws Exception {
        JsonNode paused = submitted("forgotten");
        assertThat(platform.run("pause", paused.path("id").asText()).exit()).isZero();
        JsonNode last = over(paused, Duration.ofSeconds(60));
        assertThat(last.path("state").asText()).isEqualTo("cancelled");
        assertThat(history(paused, "cancelled")).singleElement().asString().contains("paused for 5 seconds");
    }

    @Test
    @Order(2)
    void one_that_nobody_works_on_ends_with_its_reason() throws Exception {
        JsonNode last = over(submitted("unsolved"), NO_PROGRESS.plusSeconds(60));
        assertThat(last.path("state").asText()).isEqualTo("failed");
        assertThat(last.path("failure").path("kind").asText()).isEqualTo("no_solver");
        assertThat(last.path("failure").path("reason").asText())
                .contains("nothing happened for " + NO_PROGRESS.toSeconds() + " seconds");
    }

    /** The broker believes that both are done, and nobody holds a lock that could run out. */
    @Test
    @Order(3)
    void units_that_are_lost_without_trace_are_given_out_again() throws Exception {
        JsonNode evaluation = submitted("lost");
        UUID id = Disturbed.idOf(evaluation);
        List<WorkUnit> lost = taken(id, 2);
        saysThatItBegan(lost.get(1));
        try (Guest guest = Guest.joins(platform, "guest").awaitAlive()) {
            JsonNode last = over(evaluation, Duration.ofSeconds(150));
            assertThat(last.path("state").asText()).as(last.toString()).isEqualTo("finished");
            await("its next heartbeat counts them all")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> guest.known().path("unitsSolved").asInt()
                            >= evaluation.path("unitCount").asInt());
        }
        assertThat(recorded.predictions(id))
                .isEqualTo(evaluation.path("exampleCount").asInt());
        assertThat(history(evaluation, "reaped"))
                .as("those that waited in the topic when the solver came may be among them, too")
                .contains(
                        "nothing was heard of unit " + lost.get(0).index() + ": it is given out again",
                        "nothing was heard of unit " + lost.get(1).index() + ": it is given out again");
    }

    private JsonNode submitted(String set) throws Exception {
        LOAD.imported(client, set);
        return LOAD.submitted(client, set);
    }

    private JsonNode over(JsonNode evaluation, Duration patience) {
        return await("it is over")
                .atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> Asked.tree(
                                client.api().getEvaluation(evaluation.path("id").asText())),
                        last -> last.path("state").asText().matches("finished|failed|cancelled"));
    }

    /** The details of such events, oldest first. */
    private List<String> history(JsonNode evaluation, String event) throws Exception {
        return recorded.lines(
                "select detail from evaluation_event where evaluation_id = ? and event = ? order by id",
                Disturbed.idOf(evaluation),
                event);
    }

    /** Takes units of it as a solver does, says to the broker that they are done, and to nobody else anything. */
    private List<WorkUnit> taken(UUID evaluation, int count) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                new Processes(platform).kafka(),
                "group.id",
                Topics.SOLVERS,
                "share.acknowledgement.mode",
                "explicit",
                "share.acquire.mode",
                "record_limit",
                "max.poll.records",
                "1");
        List<WorkUnit> taken = new ArrayList<>();
        try (var consumer = new KafkaShareConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.WORK));
            await("units come").atMost(Duration.ofSeconds(60)).until(() -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    WorkUnit unit = Json.read(record.value(), WorkUnit.class);
                    if (unit.evaluation().equals(evaluation)) {
                        taken.add(unit);
                    }
                    // What is left of the others nobody waits for.
                    consumer.acknowledge(record, AcknowledgeType.ACCEPT);
                    consumer.commitSync();
                }
                return taken.size() >= count;
            });
        }
        return taken;
    }

    private void saysThatItBegan(WorkUnit unit) throws Exception {
        var started = new Outcome.Started(
                unit.evaluation(),
                unit.index(),
                UUID.randomUUID(),
                "gone",
                UUID.randomUUID(),
                unit.round(),
                unit.handout(),
                "CPU");
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", new Processes(platform).kafka()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.OUTCOMES, unit.evaluation().toString(), Json.write(started)))
                    .get(30, TimeUnit.SECONDS);
        }
    }
}
