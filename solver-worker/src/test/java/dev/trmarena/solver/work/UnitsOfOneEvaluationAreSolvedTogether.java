package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.Withdrawal;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.traces.Traces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** As many as the solver does in two seconds, each with a delivery, an outcome and an acknowledgement of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnitsOfOneEvaluationAreSolvedTogether {
    /** Twenty of these fill a batch. */
    private static final long SHORT_MILLIS = 100;

    private static final int UNITS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private final List<SolveLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private TestBroker broker;
    private KafkaProducer<String, byte[]> producer;

    @BeforeAll
    void start() throws Exception {
        broker = new TestBroker(folder.resolve("kafka"));
        broker.start();
        // Longer than a busy machine pauses; they are renewed every quarter of a second all the same.
        WorkTopics.create(broker.bootstrapServers(), Map.of("share.record.lock.duration.ms", "15000"));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void stopSolvers() throws Exception {
        for (int i = 0; i < loops.size(); i++) {
            loops.get(i).stop();
            threads.get(i).join(10_000);
            assertThat(threads.get(i).isAlive())
                    .as("still running 10 s after stop")
                    .isFalse();
            loops.get(i).close();
        }
        loops.clear();
        threads.clear();
    }

    @AfterAll
    void stop() throws Exception {
        producer.close();
        broker.close();
    }

    @Test
    void once_the_solver_knows_how_fast_it_is() throws Exception {
        UUID evaluation = UUID.randomUUID();
        var solver = new SolvesWhenLet(SHORT_MILLIS);
        send(evaluation, UNITS);
        startSolver("fast", solver);
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            outcomes(received, evaluation, 1);
            // That it is begun is told a moment before it is.
            await().atMost(PATIENCE).until(() -> !solver.batches(evaluation).isEmpty());
            assertThat(solver.batches(evaluation)).as("nothing is known of it").containsExactly(List.of(0));
            solver.let(1);
            solver.let(UNITS);
            List<Outcome> outcomes = outcomes(received, evaluation, 2 * UNITS);
            assertThat(outcomes).hasSize(2 * UNITS);
            assertEachIsBegunAndSolvedOnce(outcomes);
            assertThat(solver.batches(evaluation))
                    .anySatisfy(batch -> assertThat(batch).hasSizeGreaterThan(4));
            startSolver("another", new SolvesWhenLet(SHORT_MILLIS));
            assertNothingComesBack(received, evaluation, 2 * UNITS, solver);
        }
    }

    @Test
    void and_only_one_at_a_time_where_one_takes_long() throws Exception {
        UUID evaluation = UUID.randomUUID();
        var solver = new SolvesWhenLet(5000);
        send(evaluation, 3);
        startSolver("slow", solver);
        solver.let(3);
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            assertEachIsBegunAndSolvedOnce(outcomes(received, evaluation, 6));
            assertThat(solver.batches(evaluation)).containsExactly(List.of(0), List.of(1), List.of(2));
        }
    }

    @Test
    void but_the_one_that_goes_wrong_is_charged_alone() throws Exception {
        UUID evaluation = UUID.randomUUID();
        var solver = new SolvesWhenLet(SHORT_MILLIS);
        solver.fails(7, new IllegalArgumentException("unit 7 is bad"));
        solver.fails(9, new IllegalStateException("unit 9 met an error"));
        send(evaluation, UNITS);
        startSolver("careful", solver);
        solver.let(4 * UNITS);
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                List<Outcome> ends = ends(outcomes(received, evaluation, UNITS));
                assertThat(ends).hasSize(UNITS);
            });
            assertThat(solver.batches(evaluation))
                    .as("they were together first")
                    .anySatisfy(batch -> assertThat(batch).hasSizeGreaterThan(1).contains(7));
            for (Outcome end : ends(outcomes(received, evaluation, UNITS))) {
                switch (end.unit()) {
                    case 7 ->
                        assertThat(end)
                                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.reason())
                                        .isEqualTo("unit 7 is bad"));
                    case 9 ->
                        assertThat(end)
                                .isInstanceOfSatisfying(Outcome.Returned.class, returned -> assertThat(returned.kind())
                                        .isEqualTo(FailureKind.SOLVER_ERROR));
                    default -> assertThat(end).isInstanceOf(Outcome.Solved.class);
                }
            }
        }
    }

    @Test
    void and_all_of_them_go_back_when_the_solver_is_stopped() throws Exception {
        UUID evaluation = UUID.randomUUID();
        var solver = new SolvesWhenLet(SHORT_MILLIS);
        send(evaluation, UNITS);
        startSolver("stopped", solver);
        solver.let(1);
        awaitABatch(solver, evaluation);
        stopSolvers();
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            List<Outcome> ends = ends(outcomes(received, evaluation, 2));
            assertThat(ends).filteredOn(Outcome.Solved.class::isInstance).hasSize(1);
            assertThat(ends)
                    .filteredOn(Outcome.Returned.class::isInstance)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(end -> assertThat(((Outcome.Returned) end).kind())
                            .as("nothing is wrong")
                            .isNull());
            startSolver("another", new SolvesWhenLet(SHORT_MILLIS));
            UUID next = UUID.randomUUID();
            send(next, 1);
            outcomes(received, next, 1);
            assertThat(outcomes(received, evaluation, 2))
                    .as("the broker gives none of them to anybody")
                    .noneMatch(Outcome.Redelivered.class::isInstance);
        }
    }

    @Test
    void and_all_of_them_are_let_go_of_when_they_are_withdrawn() throws Exception {
        UUID evaluation = UUID.randomUUID();
        var solver = new SolvesWhenLet(SHORT_MILLIS);
        send(evaluation, UNITS);
        startSolver("told", solver);
        solver.let(1);
        int together = awaitABatch(solver, evaluation);
        publish(Topics.WITHDRAWN, evaluation, new Withdrawal(evaluation, 1));
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(ends(outcomes(received, evaluation, 1)))
                    .filteredOn(Outcome.Returned.class::isInstance)
                    .hasSizeGreaterThanOrEqualTo(together)
                    .allSatisfy(
                            end -> assertThat(((Outcome.Returned) end).reason()).contains("withdrawn")));
        }
    }

    /** Units of one evaluation teach it to take many, and so it takes some of another, to which it does not come. */
    @Test
    void and_what_a_slow_solver_does_not_come_to_goes_back() throws Exception {
        UUID first = UUID.randomUUID();
        UUID behind = UUID.randomUUID();
        var solver = new SolvesWhenLet(SHORT_MILLIS);
        send(first, UNITS);
        send(behind, 6);
        startSolver("greedy", solver);
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            solver.let(1);
            awaitABatch(solver, first);
            await("the batch goes on").atMost(PATIENCE).untilAsserted(() -> assertThat(
                            ends(outcomes(received, behind, 1)))
                    .hasSize(6)
                    .allSatisfy(end -> assertThat(end).isInstanceOfSatisfying(Outcome.Returned.class, returned -> {
                        assertThat(returned.kind()).as("nothing is wrong").isNull();
                        assertThat(returned.reason()).contains("did not come to it");
                    })));
            solver.let(UNITS);
            assertEachIsBegunAndSolvedOnce(outcomes(received, first, 2 * UNITS));
        }
    }

    @Test
    void and_one_that_came_to_nothing_before_is_solved_alone() throws Exception {
        UUID evaluation = UUID.randomUUID();
        var solver = new SolvesWhenLet(SHORT_MILLIS);
        send(evaluation, 2);
        publish(Topics.WORK, evaluation, unit(evaluation, 2, true));
        publish(Topics.WORK, evaluation, unit(evaluation, 3, false));
        startSolver("wary", solver);
        solver.let(UNITS);
        try (var received = new Received(broker.bootstrapServers(), Topics.OUTCOMES)) {
            assertEachIsBegunAndSolvedOnce(outcomes(received, evaluation, 8));
            assertThat(solver.batches(evaluation)).contains(List.of(2), List.of(1, 3));
        }
    }

    private int awaitABatch(SolvesWhenLet solver, UUID evaluation) {
        await("several units are solved together").atMost(PATIENCE).until(() -> solver.batches(evaluation).stream()
                .anyMatch(batch -> batch.size() > 1));
        return solver.batches(evaluation).stream().mapToInt(List::size).max().orElseThrow();
    }

    private static void assertEachIsBegunAndSolvedOnce(List<Outcome> outcomes) {
        int units = outcomes.size() / 2;
        for (int unit = 0; unit < units; unit++) {
            int index = unit;
            List<Outcome> its =
                    outcomes.stream().filter(each -> each.unit() == index).toList();
            assertThat(its).as("what is said of unit %s", unit).hasSize(2);
            var started = (Outcome.Started) its.get(0);
            var solved = (Outcome.Solved) its.get(1);
            assertThat(solved.delivery()).isEqualTo(started.delivery());
            assertThat(solved.predictions()).singleElement().satisfies(prediction -> {
                assertThat(prediction.example()).isEqualTo(index);
                assertThat(prediction.tokens()).isEqualTo(new byte[] {(byte) index});
            });
        }
        assertThat(outcomes.stream()
                        .filter(Outcome.Started.class::isInstance)
                        .map(each -> ((Outcome.Started) each).delivery())
                        .distinct())
                .as("deliveries of their own")
                .hasSize(units);
    }

    private void assertNothingComesBack(Received received, UUID evaluation, int outcomes, SolvesWhenLet solver)
            throws Exception {
        UUID next = UUID.randomUUID();
        send(next, 1);
        outcomes(received, next, 1);
        solver.let(1);
        assertThat(outcomes(received, evaluation, outcomes)).hasSize(outcomes);
    }

    private static List<Outcome> ends(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(each -> !(each instanceof Outcome.Started))
                .toList();
    }

    private static List<Outcome> outcomes(Received received, UUID evaluation, int atLeast) {
        return received.payloads(evaluation.toString(), atLeast).stream()
                .map(bytes -> Json.read(bytes, Outcome.class))
                .toList();
    }

    private void startSolver(String name, UnitSolver unitSolver) {
        var loop = new SolveLoop(
                broker.bootstrapServers(),
                Identity.named(name, "CPU"),
                unitSolver,
                Traces.unexported(),
                Duration.ofMillis(250),
                Duration.ofMinutes(5));
        var thread = new Thread(loop::run, name);
        thread.start();
        loops.add(loop);
        threads.add(thread);
        await().atMost(Duration.ofSeconds(30)).until(() -> loop.consuming() || !thread.isAlive());
    }

    private void send(UUID evaluation, int units) throws Exception {
        for (int index : IntStream.range(0, units).toArray()) {
            publish(Topics.WORK, evaluation, unit(evaluation, index, false));
        }
    }

    private static WorkUnit unit(UUID evaluation, int index, boolean alone) {
        return new WorkUnit(
                evaluation,
                index,
                Purpose.SCORE,
                1,
                1,
                "ab".repeat(32),
                "cd".repeat(32),
                index,
                index + 1,
                1,
                "1-steps.float32",
                0,
                null,
                null,
                alone);
    }

    private void publish(String topic, UUID evaluation, Object message) throws Exception {
        producer.send(new ProducerRecord<>(topic, evaluation.toString(), Json.write(message)))
                .get(60, TimeUnit.SECONDS);
    }
}
