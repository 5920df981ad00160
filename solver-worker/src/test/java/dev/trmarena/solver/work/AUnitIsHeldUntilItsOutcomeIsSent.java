package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Heartbeat;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.Withdrawal;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.traces.Traces;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

    /** Which time the units are given out. */
    private static final int HANDOUT = 2;

    private static final int TWO_LOCKS_MILLIS = 2000;
    /** Of 64 puzzles: about ten milliseconds each; where that is not longer than two locks, there are more of them. */
    private static final int STEPS_OF_MANY_LOCK_PERIODS = 200;
    /** A withdrawal is on its way while these are taken. */
    private static final int SOON = Protocol.MOST_STEPS / 2;

    private static final Duration LONGEST_STEP = Duration.ofSeconds(2);
    /** Of solvers that are to be well, however busy the machine is. */
    private static final Duration LONGEST_HERE = Duration.ofMinutes(5);

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
        WorkTopics.create(broker.bootstrapServers(), Map.of());
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
        startSolver("first");
        startSolver("second");
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            int steps = STEPS_OF_MANY_LOCK_PERIODS;
            while (solvedOnce(received, steps).computeMillis() <= TWO_LOCKS_MILLIS) {
                assertThat(steps).as("steps that take longer than two locks").isLessThan(Protocol.MOST_STEPS);
                steps = Math.min(2 * steps, Protocol.MOST_STEPS);
            }
        }
    }

    private Outcome.Solved solvedOnce(Received received, int steps) throws Exception {
        UUID evaluation = UUID.randomUUID();
        send(evaluation, steps);
        List<Outcome> outcomes = outcomes(received, evaluation, 2);
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Started.class);
        assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.Solved.class, solved -> {
            assertThat(solved.solver()).isEqualTo(outcomes.get(0).solver());
            assertThat(solved.predictions()).hasSize(EXAMPLES);
        });
        UUID next = UUID.randomUUID();
        send(next, 1);
        outcomes(received, next, 2);
        assertThat(outcomes(received, evaluation, 2))
                .as("nobody solved it again")
                .hasSize(2);
        return (Outcome.Solved) outcomes.get(1);
    }

    @Test
    void a_stopped_solver_hands_its_unit_back_and_the_broker_gives_it_to_nobody() throws Exception {
        UUID evaluation = UUID.randomUUID();
        send(evaluation, STEPS_OF_MANY_LOCK_PERIODS);
        startSolver("stopped");
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            var started = (Outcome.Started) outcomes(received, evaluation, 1).get(0);
            stopSolvers();
            startSolver("another");
            assertThat(outcomes(received, evaluation, 2).get(1))
                    .isInstanceOfSatisfying(Outcome.Returned.class, returned -> {
                        assertThat(returned.kind()).as("nothing is wrong").isNull();
                        assertThat(returned.delivery()).isEqualTo(started.delivery());
                        assertThat(returned.handout()).isEqualTo(started.handout());
                    });
            UUID next = UUID.randomUUID();
            send(next, 1);
            outcomes(received, next, 2);
            assertThat(outcomes(received, evaluation, 2))
                    .as("whether it is given out again, the database decides")
                    .hasSize(2);
        }
    }

    @Test
    void a_unit_whose_solver_is_gone_is_told_of_and_not_solved() throws Exception {
        UUID evaluation = UUID.randomUUID();
        try (var gone = Clients.consumer(broker.bootstrapServers(), 1)) {
            send(evaluation, 1);
            await("somebody takes it who never says a word")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> gone.poll(Duration.ofSeconds(1)).count() > 0);
            startSolver("another");
            try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
                assertThat(outcomes(received, evaluation, 1).get(0))
                        .isEqualTo(new Outcome.Redelivered(evaluation, 0, HANDOUT, "another"));
                UUID next = UUID.randomUUID();
                send(next, 1);
                outcomes(received, next, 2);
                assertThat(outcomes(received, evaluation, 1)).hasSize(1);
            }
        }
    }

    @Test
    void a_withdrawn_unit_is_let_go_after_the_step_and_not_taken_again() throws Exception {
        UUID evaluation = UUID.randomUUID();
        startSolver("told");
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES);
                var beats = new Received(broker.bootstrapServers(), Topics.HEARTBEATS)) {
            send(evaluation, Protocol.MOST_STEPS);
            outcomes(received, evaluation, 1);
            await("a heartbeat that tells of the unit and of steps")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> steps(beats, evaluation) > 0);
            publish(Topics.WITHDRAWN, evaluation, new Withdrawal(evaluation, 1));
            Outcome last = outcomes(received, evaluation, 2).get(1);
            assertThat(last).isInstanceOfSatisfying(Outcome.Returned.class, returned -> assertThat(returned.reason())
                    .contains("withdrawn"));
            assertThat(steps(beats, evaluation))
                    .as("steps of %d that were taken before it was let go", Protocol.MOST_STEPS)
                    .isLessThan(SOON);

            send(evaluation, 1);
            UUID next = UUID.randomUUID();
            send(next, 1);
            outcomes(received, next, 2);
            assertThat(outcomes(received, evaluation, 2)).as("dropped").hasSize(2);
            publish(Topics.WORK, evaluation, unit(evaluation, 2, demo.checkpointManifest(), 1));
            assertThat(outcomes(received, evaluation, 4).get(3))
                    .as("a later round counts again")
                    .isInstanceOf(Outcome.Solved.class);
        }
    }

    @Test
    void a_unit_whose_checkpoint_is_gone_is_returned_with_the_reason_and_the_log() throws Exception {
        UUID evaluation = UUID.randomUUID();
        startSolver("without");
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            publish(Topics.WORK, evaluation, unit(evaluation, 1, "ab".repeat(32), 1));
            assertThat(outcomes(received, evaluation, 2).get(1))
                    .isInstanceOfSatisfying(Outcome.Returned.class, returned -> {
                        assertThat(returned.kind()).isEqualTo(FailureKind.STORE);
                        assertThat(returned.reason()).contains("ab".repeat(32));
                        assertThat(returned.log()).anyMatch(line -> line.contains("returned unit 0"));
                    });
        }
    }

    /** The most that any heartbeat tells. */
    private static int steps(Received beats, UUID evaluation) {
        return beats.payloads("told", 1).stream()
                .map(bytes -> Json.read(bytes, Heartbeat.class).work())
                .filter(work -> work != null && work.evaluation().equals(evaluation))
                .mapToInt(Heartbeat.Work::steps)
                .max()
                .orElse(0);
    }

    @Test
    void a_step_that_does_not_end_is_seen_though_its_unit_is_held() throws Exception {
        var hangs = new HangsInAStep();
        SolveLoop loop = startSolver("stuck", hangs, LONGEST_STEP);
        try (var health = new Health(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), loop)) {
            assertThat(AskHealth.of(health)).startsWith("200 consuming");
            send(UUID.randomUUID(), 1);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(AskHealth.of(health))
                    .startsWith("503 inference: at the same thing for"));
        } finally {
            hangs.letGo();
        }
    }

    @Test
    void a_step_past_its_deadline_is_left_and_counts_and_nothing_is_taken_behind_it() throws Exception {
        var hangs = new HangsInAStep();
        SolveLoop loop = startSolver("late", hangs, LONGEST_STEP);
        UUID evaluation = UUID.randomUUID();
        send(evaluation, 1);
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            assertThat(outcomes(received, evaluation, 2).get(1))
                    .isInstanceOfSatisfying(Outcome.Returned.class, returned -> {
                        assertThat(returned.kind()).isEqualTo(FailureKind.OVERDUE);
                        assertThat(returned.reason())
                                .isEqualTo("an improvement step of 1.0E0 operations did not end within 2 s");
                    });
            assertLeft(loop);
            assertTheNextIsSolvedByAnother(received);
        } finally {
            hangs.letGo();
        }
    }

    @Test
    void a_step_of_a_withdrawn_unit_is_left_and_counts_as_nothing() throws Exception {
        var hangs = new HangsInAStep();
        SolveLoop loop = startSolver("withdrawn", hangs, LONGEST_HERE);
        UUID evaluation = UUID.randomUUID();
        send(evaluation, 1);
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            outcomes(received, evaluation, 1);
            publish(Topics.WITHDRAWN, evaluation, new Withdrawal(evaluation, 1));
            assertThat(outcomes(received, evaluation, 2).get(1))
                    .isInstanceOfSatisfying(Outcome.Returned.class, returned -> {
                        assertThat(returned.kind()).as("nothing is wrong").isNull();
                        assertThat(returned.reason()).contains("withdrawn");
                    });
            assertTheNextIsSolvedByAnother(received);
            assertLeft(loop);
        } finally {
            hangs.letGo();
        }
    }

    private static void assertLeft(SolveLoop loop) {
        await("it leaves").atMost(Duration.ofSeconds(60)).until(() -> loop.leaves() && !loop.consuming());
    }

    /** Nobody takes it who cannot begin it. */
    private void assertTheNextIsSolvedByAnother(Received received) throws Exception {
        UUID next = UUID.randomUUID();
        send(next, 1);
        startSolver("another");
        assertThat(outcomes(received, next, 2)).extracting(Outcome::solver).containsOnly("another");
    }

    private static List<Outcome> outcomes(Received received, UUID evaluation, int atLeast) {
        return received.payloads(evaluation.toString(), atLeast).stream()
                .map(bytes -> Json.read(bytes, Outcome.class))
                .toList();
    }

    private void startSolver(String name) {
        startSolver(name, new CachingUnitSolver(demo.store(), 32 * 900), LONGEST_HERE);
    }

    private SolveLoop startSolver(String name, UnitSolver unitSolver, Duration longestStep) {
        var loop = new SolveLoop(
                broker.bootstrapServers(),
                Identity.named(name, "CPU"),
                unitSolver,
                Traces.unexported(),
                Duration.ofMillis(250),
                longestStep);
        var thread = new Thread(loop::run, name);
        thread.start();
        solvers.add(new Running(loop, thread));
        await().atMost(Duration.ofSeconds(30)).until(() -> loop.consuming() || !thread.isAlive());
        return loop;
    }

    private void send(UUID evaluation, int steps) throws Exception {
        publish(Topics.WORK, evaluation, unit(evaluation, 1, demo.checkpointManifest(), steps));
    }

    private WorkUnit unit(UUID evaluation, int round, String checkpointManifest, int steps) {
        return new WorkUnit(
                evaluation,
                0,
                Purpose.SCORE,
                round,
                HANDOUT,
                checkpointManifest,
                demo.puzzleSetManifest(),
                0,
                EXAMPLES,
                EXAMPLES,
                steps + "-steps.float32",
                EXAMPLES);
    }

    private void publish(String topic, UUID evaluation, Object message) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topic, evaluation.toString().getBytes(StandardCharsets.UTF_8), Json.write(message)))
                    .get(60, TimeUnit.SECONDS);
        }
    }
}
