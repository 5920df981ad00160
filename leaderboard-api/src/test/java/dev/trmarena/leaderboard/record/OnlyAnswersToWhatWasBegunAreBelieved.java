package dev.trmarena.leaderboard.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.QuarantinedMessageView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.board.ReadQuarantine;
import dev.trmarena.db.plan.ControlEvaluation;
import dev.trmarena.db.plan.ControlEvaluation.Command;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.finish.Finisher;
import dev.trmarena.leaderboard.operate.CountMessages;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Meter;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Topics;
import dev.trmarena.traces.Traces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may write to the broker is no solver for that: what answers nothing is quarantined, counted, and changes nothing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OnlyAnswersToWhatWasBegunAreBelieved {
    private static final String SOLVER = "s";

    private final Jdbi jdbi = TestPostgres.migrated();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    Path folder;

    private Finisher finisher;
    private KafkaMessageHandler recorder;
    private StoredSet set;
    private UUID evaluation;
    private long offset;

    @BeforeEach
    void plan() throws IOException {
        var store = new ArtifactStore(folder);
        set = StoredSet.built(jdbi, store, "small", 0, 2, 20, true);
        evaluation = set.plan(jdbi, "one");
        finisher = Finisher.started(jdbi, store);
        var outcomes = new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob());
        recorder = new KafkaMessageHandler(outcomes, jdbi, new CountMessages(meters), Traces.unexported());
    }

    @Test
    void one_record_does_not_finish_a_paused_evaluation() {
        control(Command.PAUSE);
        record(madeUp());
        finisher.look();
        assertThat(view().state()).isEqualTo(EvaluationState.PAUSED);
        assertThat(view().scores()).isEmpty();
        assertThat(quarantined()).hasSize(madeUp().size()).allSatisfy(message -> assertThat(message.reason())
                .contains("solver forger did not begin delivery"));
        assertThat(meters.get(Meter.QUARANTINED.id()).counters().stream()
                        .mapToDouble(Counter::count)
                        .sum())
                .isEqualTo(madeUp().size());
    }

    @Test
    void nor_do_two_that_begin_what_was_not_given_out() {
        List<Outcome> said = new ArrayList<>();
        for (Outcome.Solved answer : madeUp()) {
            said.add(started(answer, "forger", 1, 1));
            said.add(answer);
        }
        record(said);
        assertThat(view().state()).isEqualTo(EvaluationState.QUEUED);
        assertThat(quarantined()).hasSize(said.size());
        assertThat(deliveries()).isZero();
    }

    @Test
    void what_is_of_another_solver_another_unit_or_another_time_changes_nothing() {
        giveOut(1);
        Outcome.Solved answer = answer(SOLVER);
        record(List.of(started(answer, SOLVER, 1, 1)));
        UUID known = answer.delivery();
        UUID unknown = UUID.randomUUID();
        EvaluationView before = view();
        List<Outcome> lies = List.of(
                answer("another", 0, known),
                answer(SOLVER, 1, known),
                answer(SOLVER, 0, unknown),
                started(answer(SOLVER, 0, unknown), SOLVER, 2, 1),
                started(answer(SOLVER, 0, unknown), SOLVER, 1, 2),
                started(answer(SOLVER, 99, unknown), SOLVER, 1, 1),
                new Outcome.Failed(evaluation, 0, known, "another", FailureKind.CANNOT_RUN, "a lie", List.of()),
                new Outcome.Failed(evaluation, 0, unknown, SOLVER, FailureKind.CANNOT_RUN, "a lie", List.of()),
                new Outcome.Returned(evaluation, 0, unknown, SOLVER, 1, FailureKind.STORE, "a lie", List.of()),
                new Outcome.Redelivered(evaluation, 0, 2, SOLVER));
        for (Outcome lie : lies) {
            record(List.of(lie, lie));
        }
        assertThat(quarantined()).hasSize(2 * lies.size());
        assertThat(view()).isEqualTo(before);
        assertThat(deliveries()).isEqualTo(1);

        record(List.of(answer));
        assertThat(view().examplesDone())
                .as("the answer itself")
                .isEqualTo(answer.predictions().size());
    }

    @Test
    void whoever_began_before_a_cancellation_may_answer_after_a_retry() {
        giveOut(1);
        Outcome.Solved answer = answer(SOLVER);
        control(Command.CANCEL);
        record(List.of(started(answer, SOLVER, 1, 1)));
        assertThat(view().state()).isEqualTo(EvaluationState.CANCELLED);
        control(Command.RETRY);
        record(List.of(answer));
        assertThat(quarantined()).isEmpty();
        assertThat(view().examplesDone()).isEqualTo(answer.predictions().size());
    }

    @Test
    void and_a_handout_is_not_begun_without_end() {
        giveOut(1);
        for (int time = 0; time < 50; time++) {
            record(List.of(started(answer(SOLVER), SOLVER, 1, 1)));
        }
        assertThat(deliveries()).isEqualTo(20);
        assertThat(quarantined()).hasSize(30);
    }

    /** All right, of a solver that nobody knows. */
    private List<Outcome.Solved> madeUp() {
        List<Outcome.Solved> answers = new ArrayList<>();
        for (int unit = 0; unit < set.units(StoredSet.WHOLE).size(); unit++) {
            answers.add(answer("forger", unit, UUID.randomUUID()));
        }
        return answers;
    }

    private Outcome.Solved answer(String solver) {
        return answer(solver, 0, UUID.randomUUID());
    }

    private Outcome.Solved answer(String solver, int unit, UUID delivery) {
        int there = Math.min(unit, set.units(StoredSet.WHOLE).size() - 1);
        return new Outcome.Solved(
                evaluation, unit, delivery, solver, "CPU", 1, set.predictions(there, 7, StoredSet.WHOLE));
    }

    private Outcome.Started started(Outcome.Solved answer, String solver, int round, int handout) {
        return new Outcome.Started(
                evaluation, answer.unit(), answer.delivery(), solver, UUID.randomUUID(), round, handout, "CPU");
    }

    private void giveOut(int handout) {
        jdbi.useHandle(handle -> handle.execute(
                "update work_unit set given_out_at = now(), handouts = ? where evaluation_id = ? and idx = 0",
                handout,
                evaluation));
    }

    private void control(Command command) {
        Optional<EvaluationState> refused =
                jdbi.inTransaction(handle -> ControlEvaluation.control(handle, evaluation, command));
        assertThat(refused).isEmpty();
    }

    /** As one poll. */
    private void record(List<? extends Outcome> outcomes) {
        recorder.recordAll(outcomes.stream()
                .map(outcome -> new ConsumerRecord<byte[], byte[]>(
                        Topics.OUTCOMES, 0, offset++, null, Json.write((Outcome) outcome)))
                .toList());
    }

    private EvaluationView view() {
        return jdbi.withHandle(
                handle -> ReadEvaluations.byId(handle, evaluation).orElseThrow());
    }

    private int deliveries() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from delivery")
                .mapTo(Integer.class)
                .one());
    }

    private List<QuarantinedMessageView> quarantined() {
        return jdbi.withHandle(handle -> ReadQuarantine.newest(handle, null, 1000));
    }
}
