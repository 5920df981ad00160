package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.Withdrawal;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.solver.SolverMain;
import dev.trmarena.supervise.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real solver process, asked to stop while libtorch is inside a call that does not end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASolverIsStoppedInsideALongStep {
    /** What a shell says of a process that SIGTERM ended; a JVM that has time for its hooks says the same. */
    private static final int TERMINATED = 128 + 15;

    @TempDir
    static Path folder;

    private TestBroker broker;
    private DemoArtifacts demo;

    enum Asked {
        BY_SIGTERM {
            @Override
            void stop(Process solver) {
                solver.destroy();
            }
        },
        BY_THE_END_OF_ITS_INPUT {
            @Override
            void stop(Process solver) throws IOException {
                solver.getOutputStream().close();
            }
        };

        abstract void stop(Process solver) throws IOException;
    }

    @BeforeAll
    void start() throws Exception {
        demo = DemoArtifacts.endless(folder);
        broker = new TestBroker(folder.resolve("kafka"));
        broker.start();
        WorkTopics.create(broker.bootstrapServers(), Map.of("share.record.lock.duration.ms", "15000"));
    }

    @AfterAll
    void stop() throws Exception {
        broker.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @Timeout(180)
    void and_ends_in_good_order_with_its_unit_handed_back(Asked asked) throws Exception {
        UUID evaluation = UUID.randomUUID();
        Path home = Files.createDirectory(folder.resolve(asked.name()));
        send(Topics.WORK, evaluation, unit(evaluation, 1));
        Process stopped = solver("stopped", home);
        Process another = null;
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            Outcome started = outcomes(received, evaluation, 1).get(0);
            await("it is inside the step").atMost(Duration.ofSeconds(60)).until(() -> computes(stopped));
            asked.stop(stopped);
            assertThat(stopped.waitFor(30, TimeUnit.SECONDS)).as("it ended").isTrue();
            String log = Files.readString(home.resolve("stopped.log"));
            assertThat(log)
                    .contains("ending in the middle of an improvement step")
                    .doesNotContain("SIGSEGV");
            assertThat(stopped.exitValue()).as(log).isEqualTo(TERMINATED);
            assertThat(crashReports(home)).isEmpty();

            Outcome returned = outcomes(received, evaluation, 2).get(1);
            assertThat(returned).isInstanceOfSatisfying(Outcome.Returned.class, handedBack -> {
                assertThat(handedBack.kind()).as("it counts as no death").isNull();
                assertThat(handedBack.delivery()).isEqualTo(((Outcome.Started) started).delivery());
            });
            send(Topics.WORK, evaluation, unit(evaluation, 2));
            another = solver("another", home);
            assertThat(outcomes(received, evaluation, 3).get(2))
                    .isInstanceOf(Outcome.Started.class)
                    .extracting(Outcome::solver)
                    .isEqualTo("another");
            send(Topics.WITHDRAWN, evaluation, new Withdrawal(evaluation, 1));
        } finally {
            stopped.destroyForcibly();
            if (another != null) {
                another.destroyForcibly();
                another.waitFor(20, TimeUnit.SECONDS);
            }
        }
    }

    /** Nobody asks it to stop: it says so and leaves, and takes nothing meanwhile. */
    @Test
    @Timeout(180)
    void and_leaves_by_itself_when_its_unit_is_withdrawn() throws Exception {
        UUID monster = UUID.randomUUID();
        UUID next = UUID.randomUUID();
        Path home = Files.createDirectory(folder.resolve("withdrawn"));
        send(Topics.WORK, monster, unit(monster, 1));
        Process solver = solver("leaves", home);
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            outcomes(received, monster, 1);
            await("it is inside the step").atMost(Duration.ofSeconds(60)).until(() -> computes(solver));
            send(Topics.WORK, next, unit(next, 1));
            send(Topics.WITHDRAWN, monster, new Withdrawal(monster, 1));
            assertThat(solver.waitFor(10, TimeUnit.SECONDS)).as("it ended").isTrue();
            String log = Files.readString(home.resolve("leaves.log"));
            assertThat(solver.exitValue()).as(log).isEqualTo(ExitStatus.LEFT);
            assertThat(log).contains("leaving, inside a step of unit 0 of " + monster + ": it was withdrawn");
            assertThat(crashReports(home)).isEmpty();
            assertThat(outcomes(received, monster, 2).get(1))
                    .isInstanceOfSatisfying(Outcome.Returned.class, handedBack -> assertThat(handedBack.kind())
                            .as("it counts as no death")
                            .isNull());
            Process another = solver("another-" + next, home);
            try {
                assertThat(outcomes(received, next, 1).get(0))
                        .isInstanceOf(Outcome.Started.class)
                        .extracting(Outcome::solver)
                        .isEqualTo("another-" + next);
                send(Topics.WITHDRAWN, next, new Withdrawal(next, 1));
            } finally {
                another.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            }
        } finally {
            solver.destroyForcibly();
        }
    }

    /** In libtorch, as the stack of its threads tells. */
    private static boolean computes(Process solver) throws IOException, InterruptedException {
        Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
        Process look = new ProcessBuilder(jstack.toString(), String.valueOf(solver.pid()))
                .redirectErrorStream(true)
                .start();
        String stacks = new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return look.waitFor() == 0 && stacks.contains("ScriptNetwork.improve") && stacks.contains("PyTorchLibrary.");
    }

    private static List<Path> crashReports(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().startsWith("hs_err"))
                    .toList();
        }
    }

    private Process solver(String name, Path home) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Djava.io.tmpdir=" + home,
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SolverMain.class.getName())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "ARENA_KAFKA",
                        broker.bootstrapServers(),
                        "ARENA_ARTIFACTS",
                        folder.resolve("artifacts").toString(),
                        "ARENA_SOLVER_NAME",
                        name,
                        "ARENA_SOLVER_THREADS",
                        "1",
                        "ARENA_EXIT_WITH_PARENT",
                        "true",
                        "OPT_OUT_TRACKING",
                        "true"));
        return builder.start();
    }

    private static List<Outcome> outcomes(Received received, UUID evaluation, int atLeast) {
        return received.payloads(evaluation.toString(), atLeast).stream()
                .map(bytes -> Json.read(bytes, Outcome.class))
                .toList();
    }

    private WorkUnit unit(UUID evaluation, int handout) {
        return new WorkUnit(
                evaluation,
                0,
                Purpose.SCORE,
                1,
                handout,
                demo.checkpointManifest(),
                demo.puzzleSetManifest(),
                0,
                8,
                8,
                "2-steps.float32",
                0);
    }

    private void send(String topic, UUID evaluation, Object message) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, evaluation.toString(), Json.write(message)))
                    .get(60, TimeUnit.SECONDS);
        }
    }
}
