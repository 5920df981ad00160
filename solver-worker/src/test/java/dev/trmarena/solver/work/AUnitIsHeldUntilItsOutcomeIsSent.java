package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two solvers on a broker whose locks last a second, and units of the demo that take several times as long. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AUnitIsHeldUntilItsOutcomeIsSent {
    private static final int EXAMPLES = 64;

    /** Of 64 puzzles: at least ten milliseconds each. */
    private static final int STEPS_OF_MANY_LOCK_PERIODS = 200;

    @TempDir
    static Path folder;

    private final List<Running> solvers = new ArrayList<>();
    private TestBroker broker;
    private DemoArtifacts demo;

    private record Running(SolveLoop loop, Thread thread) {
        void stop() throws Exception {
            loop.stop();
            thread.join(10_000);
            assertThat(thread.isAlive()).as("still running 10 s after stop").isFalse();
            loop.close();
        }
    }

    @BeforeAll
    void start() throws Exception {
        demo = DemoArtifacts.in(folder);
        broker = new TestBroker(folder.resolve("kafka"));
        broker.start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(Topics.WORK, 1, (short) 1), new NewTopic(Topics.OUTCOMES, 1, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            var group = new ConfigResource(ConfigResource.Type.GROUP, Topics.SOLVERS);
            var earliest = new ConfigEntry("share.auto.offset.reset", "earliest");
            admin.incrementalAlterConfigs(Map.of(group, List.of(new AlterConfigOp(earliest, AlterConfigOp.OpType.SET))))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void stopSolvers() throws Exception {
        for (Running solver : solvers) {
            solver.stop();
        }
        solvers.clear();
    }

    @AfterAll
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void a_unit_of_many_lock_periods_is_solved_once_by_the_solver_that_took_it() throws Exception {
        UUID evaluation = UUID.randomUUID();
        send(evaluation, STEPS_OF_MANY_LOCK_PERIODS);
        startSolver("first");
        startSolver("second");

        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            List<Outcome> outcomes = outcomes(received, evaluation, 2);
            assertThat(outcomes.get(0)).isInstanceOf(Outcome.Started.class);
            assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.Solved.class, solved -> {
                assertThat(solved.computeMillis()).as("longer than two locks").isGreaterThan(2000);
                assertThat(solved.solver()).isEqualTo(outcomes.get(0).solver());
                assertThat(solved.predictions()).hasSize(EXAMPLES);
            });

            UUID next = UUID.randomUUID();
            send(next, 1);
            outcomes(received, next, 2);
            assertThat(outcomes(received, evaluation, 2))
                    .as("nobody solved it again")
                    .hasSize(2);
        }
    }

    @Test
    void a_stopped_solver_gives_its_unit_to_another_one() throws Exception {
        UUID evaluation = UUID.randomUUID();
        send(evaluation, STEPS_OF_MANY_LOCK_PERIODS);
        startSolver("stopped");
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            outcomes(received, evaluation, 1);
            stopSolvers();
            startSolver("another");
            List<Outcome> outcomes = outcomes(received, evaluation, 3);
            assertThat(outcomes).extracting(Outcome::solver).containsExactly("stopped", "another", "another");
            assertThat(outcomes.get(2)).isInstanceOf(Outcome.Solved.class);
        }
    }

    private static List<Outcome> outcomes(Received received, UUID evaluation, int atLeast) {
        return received.payloads(evaluation.toString(), atLeast).stream()
                .map(bytes -> Json.read(bytes, Outcome.class))
                .toList();
    }

    private void startSolver(String name) {
        var loop = new SolveLoop(
                broker.bootstrapServers(), name, new Workshop(demo.store(), name, 32 * 900), Duration.ofMillis(250));
        var thread = new Thread(loop::run, name);
        thread.start();
        solvers.add(new Running(loop, thread));
        await().atMost(Duration.ofSeconds(30)).until(() -> loop.consuming() || !thread.isAlive());
    }

    private void send(UUID evaluation, int steps) throws Exception {
        var unit = new WorkUnit(
                evaluation,
                0,
                demo.checkpointManifest(),
                demo.puzzleSetManifest(),
                0,
                EXAMPLES,
                EXAMPLES,
                steps + "-steps.float32",
                EXAMPLES);
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.WORK, evaluation.toString().getBytes(StandardCharsets.UTF_8), Json.write(unit)))
                    .get(60, TimeUnit.SECONDS);
        }
    }
}
