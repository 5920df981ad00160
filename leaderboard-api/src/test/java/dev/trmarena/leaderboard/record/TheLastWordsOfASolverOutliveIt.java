package dev.trmarena.leaderboard.record;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.FailureView;
import dev.trmarena.db.board.HistoryView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.board.ReadHistory;
import dev.trmarena.db.board.ReadQuarantine;
import dev.trmarena.db.dispatch.DispatchUnits;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.finish.Finisher;
import dev.trmarena.leaderboard.operate.CountMessages;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.SolverEnded;
import dev.trmarena.messages.Topics;
import dev.trmarena.traces.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of a solver's end belongs to the units that it had, whenever it is told and however often. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheLastWordsOfASolverOutliveIt {
    private static final int ORDERS = 25;
    private static final String DIED = " was killed by SIGKILL (exit status 137)";

    private final Jdbi jdbi = TestPostgres.migrated();

    @TempDir
    Path folder;

    private KafkaMessageHandler messages;
    private StoredSet set;
    private long offset;

    @BeforeEach
    void start() throws IOException {
        var store = new ArtifactStore(folder.resolve("artifacts"));
        var finisher = Finisher.started(jdbi, store);
        messages = new KafkaMessageHandler(
                new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob()),
                jdbi,
                new CountMessages(new SimpleMeterRegistry()),
                Traces.unexported());
        set = StoredSet.built(jdbi, store, "small", 0, 4, 60, true);
    }

    /** Where it is given up among what is told of the ends. */
    enum GivenUp {
        BEFORE,
        BETWEEN,
        AFTER
    }

    @ParameterizedTest(name = "given up {0} the ends")
    @EnumSource
    void in_whatever_order_the_messages_come(GivenUp place) {
        for (int order = 0; order < ORDERS; order++) {
            UUID evaluation = set.plan(jdbi, place + " " + order);
            var random = new Random(order);
            List<Outcome.Started> goes = IntStream.rangeClosed(1, 3)
                    .mapToObj(i -> delivery(evaluation, i, "solver-" + i))
                    .toList();
            List<ConsumerRecord<byte[], byte[]>> first = new ArrayList<>();
            List<ConsumerRecord<byte[], byte[]>> then = new ArrayList<>();
            for (Outcome.Started go : goes) {
                first.add(message(Topics.OUTCOMES, go));
                for (int time = 0; time < 2; time++) {
                    boolean early = place == GivenUp.AFTER || place == GivenUp.BETWEEN && random.nextBoolean();
                    (early ? first : then).add(message(Topics.SOLVER_ENDS, killed(go)));
                }
            }
            Collections.shuffle(first, random);
            Collections.shuffle(then, random);
            String last = first.stream()
                    .filter(message -> message.topic().equals(Topics.OUTCOMES))
                    .map(message -> Json.read(message.value(), Outcome.class).solver())
                    .reduce((before, behind) -> behind)
                    .orElseThrow();
            messages.recordAll(first);
            // The broker's word on each of them, as the next solver tells it.
            messages.recordAll(IntStream.rangeClosed(1, 3)
                    .mapToObj(i -> message(Topics.OUTCOMES, new Outcome.Redelivered(evaluation, 0, i, "another")))
                    .toList());
            dispatch();
            messages.recordAll(then);

            FailureView failure = failure(evaluation);
            assertThat(failure.kind()).as("order %d", order).isEqualTo(FailureKind.SOLVER_ENDED);
            assertThat(failure.reason())
                    .as("order %d", order)
                    .contains("unit 0 (examples 0 to 49) went wrong 3 times, on solver-")
                    .endsWith("; the last error was: " + last + DIED + " while it had unit 0")
                    .containsOnlyOnce("the last error")
                    .doesNotContain("none of them");
            assertThat(failure.log()).as("order %d", order).containsExactly("last of " + last);
            assertThat(history(evaluation).troubles())
                    .as("order %d", order)
                    .hasSize(3)
                    .allSatisfy(trouble -> {
                        assertThat(trouble.reason()).isEqualTo(trouble.solver() + DIED);
                        assertThat(trouble.log()).containsExactly("last of " + trouble.solver());
                        assertThat(trouble.endedAt()).isNotNull();
                    });
        }
        assertThat(quarantined()).as("messages that could not be recorded").isZero();
    }

    @Test
    void and_too_little_memory_is_called_so() {
        UUID evaluation = set.plan(jdbi, "memory");
        for (int go = 1; go <= 3; go++) {
            Outcome.Started started = delivery(evaluation, go, "small");
            String reason = "small ended (exit status 3) after java.lang.OutOfMemoryError: Java heap space";
            messages.recordAll(List.of(
                    message(Topics.OUTCOMES, started),
                    message(
                            Topics.SOLVER_ENDS,
                            new SolverEnded(
                                    "small", started.instance(), 3, FailureKind.MEMORY, reason, List.of("line")))));
        }
        dispatch();
        assertThat(failure(evaluation).kind()).isEqualTo(FailureKind.MEMORY);
        assertThat(failure(evaluation).reason()).contains("Java heap space while it had unit 0");
    }

    @Test
    void but_what_it_handed_back_before_has_nothing_to_do_with_it() {
        UUID evaluation = set.plan(jdbi, "polite");
        for (int go = 1; go <= 3; go++) {
            Outcome.Started started = delivery(evaluation, go, "polite");
            messages.recordAll(List.of(
                    message(Topics.OUTCOMES, started),
                    message(
                            Topics.OUTCOMES,
                            new Outcome.Returned(
                                    evaluation,
                                    0,
                                    started.delivery(),
                                    "polite",
                                    started.handout(),
                                    null,
                                    "asked to stop",
                                    List.of())),
                    message(Topics.SOLVER_ENDS, killed(started))));
        }
        dispatch();
        assertThat(view(evaluation).failure()).isNull();
        assertThat(history(evaluation).troubles()).isEmpty();
    }

    /** The unit is given out so often, and a solver takes it. */
    private Outcome.Started delivery(UUID evaluation, int handout, String solver) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update work_unit set given_out_at = now(), handouts = :handout where evaluation_id = :id and idx = 0")
                .bind("handout", handout)
                .bind("id", evaluation)
                .execute());
        return new Outcome.Started(evaluation, 0, UUID.randomUUID(), solver, UUID.randomUUID(), 1, handout, "CPU");
    }

    /** As ingest does all the time. */
    private void dispatch() {
        var limits = new DispatchUnits.Limits(10_000, 0, 3, 0);
        jdbi.useTransaction(handle -> DispatchUnits.some(handle, limits, Instant.now()));
    }

    private static SolverEnded killed(Outcome.Started go) {
        return new SolverEnded(
                go.solver(),
                go.instance(),
                137,
                FailureKind.SOLVER_ENDED,
                go.solver() + DIED,
                List.of("last of " + go.solver()));
    }

    private ConsumerRecord<byte[], byte[]> message(String topic, Object content) {
        return new ConsumerRecord<>(topic, 0, offset++, new byte[0], Json.write(content));
    }

    private FailureView failure(UUID evaluation) {
        return requireNonNull(view(evaluation).failure(), "it did not fail");
    }

    private EvaluationView view(UUID evaluation) {
        return jdbi.withHandle(
                handle -> ReadEvaluations.byId(handle, evaluation).orElseThrow());
    }

    private HistoryView history(UUID evaluation) {
        return jdbi.withHandle(handle -> ReadHistory.of(handle, evaluation));
    }

    private int quarantined() {
        return jdbi.withHandle(handle -> ReadQuarantine.newest(handle, null, 1000))
                .size();
    }
}
