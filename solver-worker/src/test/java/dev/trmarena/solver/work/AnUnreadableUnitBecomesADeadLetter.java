package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.traces.Traces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A unit that no solver can read goes to the dead letters with its bytes; the units around it are solved. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnUnreadableUnitBecomesADeadLetter {
    @TempDir
    static Path folder;

    @Test
    void and_the_units_around_it_are_solved() throws Exception {
        DemoArtifacts demo = DemoArtifacts.in(folder);
        try (var broker = new TestBroker(folder.resolve("kafka"))) {
            broker.start();
            WorkTopics.create(
                    broker.bootstrapServers(),
                    Map.of(
                            "errors.deadletterqueue.topic.name",
                            Topics.DEAD_WORK,
                            "errors.deadletterqueue.copy.record.enable",
                            "true"));
            UUID before = UUID.randomUUID();
            UUID after = UUID.randomUUID();
            String good = new String(Json.write(unit(demo, before)), StandardCharsets.UTF_8);
            List<byte[]> bad = List.of(
                    bytes("garbage \0"),
                    bytes("null"),
                    new byte[0],
                    bytes(good.replace("}", ",\"mood\":1}")),
                    bytes(good.replace("\"exampleCount\":2", "\"exampleCount\":0")));
            List<byte @Nullable []> all = new ArrayList<>();
            all.add(bytes(good));
            all.addAll(bad);
            all.add(null);
            all.add(Json.write(unit(demo, after)));
            send(broker, all);

            var unitSolver = new CachingUnitSolver(demo.store(), 32 * 900);
            var loop = new SolveLoop(
                    broker.bootstrapServers(),
                    Identity.named("s", "CPU"),
                    unitSolver,
                    Traces.unexported(),
                    Duration.ofMillis(250),
                    Duration.ofMinutes(1));
            var thread = new Thread(loop::run, "solver");
            thread.start();
            try (var outcomes = new Received(broker.bootstrapServers(), Topics.OUTCOMES);
                    var dead = new Received(broker.bootstrapServers(), Topics.DEAD_WORK)) {
                for (UUID evaluation : List.of(before, after)) {
                    assertThat(Json.read(
                                    outcomes.payloads(evaluation.toString(), 2).get(1), Outcome.class))
                            .isInstanceOf(Outcome.Solved.class);
                }
                List<byte[]> letters = dead.payloads("key", bad.size() + 1);
                assertThat(letters.subList(0, bad.size())).containsExactlyElementsOf(bad);
                assertThat(loop.meters())
                        .containsPattern("arena_solver_units_total\\{end=\"rejected\"} [6-9]")
                        .containsPattern("arena_solver_units_total\\{end=\"solved\"} [2-9]")
                        .containsPattern("arena_heartbeat_age_seconds [0-9]");
            } finally {
                loop.stop();
                thread.join(10_000);
                loop.close();
            }
        }
    }

    private static WorkUnit unit(DemoArtifacts demo, UUID evaluation) {
        return new WorkUnit(
                evaluation,
                0,
                Purpose.SCORE,
                1,
                1,
                demo.checkpointManifest(),
                demo.puzzleSetManifest(),
                0,
                2,
                2,
                "1-steps.float32",
                0);
    }

    private static void send(TestBroker broker, List<byte @Nullable []> messages) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (byte[] message : messages) {
                producer.send(new ProducerRecord<>(Topics.WORK, bytes("key"), message))
                        .get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
