package dev.trmarena.db.adapt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.db.Outbox;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.board.TrainingView;
import dev.trmarena.db.dispatch.DispatchAdaptations;
import dev.trmarena.db.dispatch.PlannedUnits;
import dev.trmarena.db.plan.ControlEvaluation;
import dev.trmarena.db.plan.NewCheckpoint;
import dev.trmarena.db.plan.PlanEvaluation;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.record.RecordAdaptations;
import dev.trmarena.db.remove.Removable;
import dev.trmarena.db.remove.Removal;
import dev.trmarena.db.remove.RemoveEvaluations;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Outcome.NotReplayed.End;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A stage of training steps in front of the units: one leg at a time, each from what the one before kept. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AllWeightsAreAdaptedFirst {
    private static final DispatchAdaptations.Limits LIMITS =
            new DispatchAdaptations.Limits(4, 3, Duration.ofMinutes(10));
    private static final String FIRST = "f1".repeat(32);
    private static final String SECOND = "f2".repeat(32);
    private static final String LAST = "f3".repeat(32);

    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits planned = new PlannedUnits(jdbi);
    private Instant now = Instant.now();

    @Test
    void leg_after_leg_then_its_units_by_what_came_of_them() {
        UUID evaluation = adapting("one");
        assertThat(planned.given(100, now)).as("units wait").isEmpty();
        WorkUnit first = leg();
        assertThat(List.of(first.index(), first.firstExample(), first.endExample(), first.exampleCount()))
                .containsExactly(0, 0, 4, 4);
        assertThat(first.point()).isNull();
        assertThat(legs()).as("one at a time").isEmpty();
        assertThat(view(evaluation).state()).isEqualTo(EvaluationState.QUEUED);
        adapted(first, FIRST, 4);
        assertThat(view(evaluation).state()).isEqualTo(EvaluationState.RUNNING);
        WorkUnit second = leg();
        assertThat(List.of(second.index(), second.firstExample(), second.endExample()))
                .containsExactly(1, 4, 8);
        assertThat(second.point()).isEqualTo(FIRST);
        adapted(second, SECOND, 4);
        adapted(second, SECOND, 4);
        TrainingView training = training(evaluation);
        assertThat(training.step()).isEqualTo(8);
        assertThat(training.steps()).isEqualTo(10);
        assertThat(training.lmLoss()).isEqualTo(1.5);
        assertThat(training.curve()).hasSize(8).last().isEqualTo(new TrainingView.Point(8, 1.5));
        WorkUnit last = leg();
        assertThat(List.of(last.firstExample(), last.endExample(), last.exampleCount()))
                .containsExactly(8, 10, 2);
        adapted(last, LAST, 2);
        assertThat(legs()).isEmpty();
        assertThat(view(evaluation).computeMillis())
                .as("of three legs, one of which two solvers did")
                .isEqualTo(3000);
        assertThat(planned.given(100, now)).as("it is not taken in").isEmpty();
        takeIn(evaluation, "aa");
        List<WorkUnit> units = planned.given(100, now);
        assertThat(units).hasSize(5).allMatch(unit -> unit.checkpointManifest().equals("aa".repeat(32)));
        assertThat(training(evaluation).checkpoint()).isEqualTo("aa".repeat(32));
        assertThat(view(evaluation).checkpoint()).as("what was submitted").isNotEqualTo("aa".repeat(32));
    }

    @Test
    void what_is_not_its_steps_or_was_not_given_out_counts_for_nothing() {
        UUID evaluation = adapting("two");
        assertThatThrownBy(() -> record(new Outcome.Adapted(evaluation, 0, "s", 1, "CPU", 5, FIRST, List.of(1.0))))
                .isInstanceOf(AnswersNothing.class);
        WorkUnit first = leg();
        assertThatThrownBy(() -> adapted(first, FIRST, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 training steps, the outcome has 3");
        adapted(first, FIRST, 4);
        WorkUnit second = leg();
        // What is told late of the leg before changes nothing of this one.
        failed(first, End.WENT_WRONG, FailureKind.MEMORY);
        adapted(first, SECOND, 4);
        assertThat(legs()).isEmpty();
        adapted(second, SECOND, 4);
        assertThat(leg().point()).isEqualTo(SECOND);
    }

    @Test
    void a_leg_that_failed_three_times_ends_it_and_a_retry_goes_on_from_what_was_kept() {
        UUID evaluation = adapting("three");
        adapted(leg(), FIRST, 4);
        for (int time = 1; time <= 5; time++) {
            failed(leg(), End.HANDED_BACK, null);
        }
        for (int time = 1; time <= 3; time++) {
            WorkUnit again = leg();
            assertThat(again.alone()).isEqualTo(time > 1);
            failed(again, End.WENT_WRONG, FailureKind.STORE);
        }
        assertThat(legs()).isEmpty();
        assertThat(view(evaluation).state()).isEqualTo(EvaluationState.FAILED);
        assertThat(reason(evaluation))
                .startsWith("training steps 5 to 8 failed 3 times")
                .contains("no space left");
        control(evaluation, ControlEvaluation.Command.RETRY);
        assertThat(leg().point()).isEqualTo(FIRST);
    }

    @Test
    void what_no_solver_can_do_ends_it_at_once_with_the_reason() {
        UUID evaluation = adapting("four");
        adapted(leg(), FIRST, 4);
        failed(leg(), End.IMPOSSIBLE, FailureKind.CANNOT_RUN);
        assertThat(view(evaluation).state()).isEqualTo(EvaluationState.FAILED);
        assertThat(reason(evaluation)).isEqualTo("training steps 5 to 8: no space left");
    }

    @Test
    void a_pause_takes_it_back_and_silence_gives_it_out_again() {
        UUID evaluation = adapting("five");
        leg();
        control(evaluation, ControlEvaluation.Command.PAUSE);
        assertThat(legs()).isEmpty();
        control(evaluation, ControlEvaluation.Command.RESUME);
        assertThat(leg().round()).isEqualTo(2);
        now = now.plus(Duration.ofMinutes(9));
        assertThat(legs()).isEmpty();
        now = now.plus(Duration.ofMinutes(2));
        assertThat(leg().handout()).isEqualTo(3);
        control(evaluation, ControlEvaluation.Command.CANCEL);
        now = now.plus(Duration.ofMinutes(11));
        assertThat(legs()).isEmpty();
    }

    @Test
    void what_was_kept_and_is_gone_is_done_again_but_not_for_ever() {
        UUID evaluation = adapting("six");
        for (int time = 1; time <= 3; time++) {
            adapted(leg(), FIRST, 4);
            beginAnew(evaluation, SECOND);
            assertThat(training(evaluation).step()).as("it is another one").isEqualTo(4);
            beginAnew(evaluation, FIRST);
            assertThat(training(evaluation).step()).isZero();
            assertThat(training(evaluation).curve()).isEmpty();
        }
        assertThat(legs()).isEmpty();
        assertThat(reason(evaluation)).contains("not there any more");
    }

    @Test
    void whoever_waits_longest_is_next() {
        UUID one = adapting("seven");
        UUID other = adapting("eight");
        var single = new DispatchAdaptations.Limits(1, 3, Duration.ofMinutes(10));
        for (UUID turn : List.of(one, other, one, other)) {
            now = now.plusSeconds(1);
            List<WorkUnit> given = legs(single);
            assertThat(given).extracting(WorkUnit::evaluation).containsExactly(turn);
            adapted(given.get(0), turn.equals(one) ? FIRST : SECOND, 4);
        }
    }

    @Test
    void what_came_of_it_goes_with_the_last_that_answers_by_it() {
        UUID one = adapting("nine");
        UUID other = adapting("ten");
        for (UUID each : List.of(one, other)) {
            takeIn(each, "bb");
        }
        String digest = "bb".repeat(32);
        assertThat(dry(one).artifacts()).doesNotContain(digest);
        assertThat(removed(one)).doesNotContain(digest);
        assertThat(dry(other).checkpoints()).hasSize(2);
        assertThat(removed(other)).contains(digest);
        int left = jdbi.withHandle(handle -> handle.createQuery("select count(*) from checkpoint")
                .mapTo(Integer.class)
                .one());
        assertThat(left).isZero();
    }

    private Removal dry(UUID evaluation) {
        return jdbi.withHandle(handle -> Removal.of(handle, Removable.EVALUATION, evaluation.toString()))
                .orElseThrow();
    }

    private List<String> removed(UUID evaluation) {
        return jdbi.inTransaction(handle -> RemoveEvaluations.remove(handle, evaluation))
                .orElseThrow();
    }

    /** Ten steps in legs of four, in front of five units. */
    private UUID adapting(String model) {
        UUID evaluation = planned.evaluation(model, 5, Priority.NORMAL, false);
        jdbi.useTransaction(handle -> AdaptationStages.plan(handle, evaluation, 10, 4));
        return evaluation;
    }

    private void takeIn(UUID evaluation, String letters) {
        String digest = letters.repeat(32);
        var checkpoint = new NewCheckpoint(digest, digest, digest, digest, "step_1", "trm", 10, 20, "{}");
        jdbi.useTransaction(handle -> AdaptationStages.takenIn(
                handle, evaluation, PlanEvaluation.adapted(handle, checkpoint, "parent", "recipe")));
    }

    private void beginAnew(UUID evaluation, String point) {
        jdbi.useTransaction(handle -> AdaptationStages.beginAnew(handle, evaluation, point, true));
    }

    private void adapted(WorkUnit unit, String file, int steps) {
        record(new Outcome.Adapted(
                unit.evaluation(),
                unit.index(),
                "s",
                unit.handout(),
                "CPU",
                1000,
                file,
                Collections.nCopies(steps, 1.5)));
    }

    private void record(Outcome.Adapted adapted) {
        jdbi.useTransaction(handle -> RecordAdaptations.adapted(handle, adapted));
    }

    private void failed(WorkUnit unit, End end, @Nullable FailureKind kind) {
        var nothing = new Outcome.NotAdapted(
                unit.evaluation(), unit.index(), "s", unit.handout(), end, kind, "no space left", List.of("a line"));
        jdbi.useTransaction(handle -> RecordAdaptations.failed(handle, nothing));
    }

    private void control(UUID evaluation, ControlEvaluation.Command command) {
        Optional<EvaluationState> refused =
                jdbi.inTransaction(handle -> ControlEvaluation.control(handle, evaluation, command));
        assertThat(refused).isEmpty();
    }

    private TrainingView training(UUID evaluation) {
        return requireNonNull(view(evaluation).training(), "training");
    }

    private String reason(UUID evaluation) {
        return requireNonNull(view(evaluation).failure(), "failure").reason();
    }

    private EvaluationView view(UUID evaluation) {
        return jdbi.withHandle(handle -> ReadEvaluations.byId(handle, evaluation))
                .orElseThrow();
    }

    private WorkUnit leg() {
        List<WorkUnit> legs = legs();
        assertThat(legs).hasSize(1);
        return legs.get(0);
    }

    private List<WorkUnit> legs() {
        return legs(LIMITS);
    }

    private List<WorkUnit> legs(DispatchAdaptations.Limits limits) {
        return jdbi.inTransaction(handle -> {
            DispatchAdaptations.some(handle, limits, now);
            var waiting = Outbox.hold(handle, 10_000);
            Outbox.delete(handle, waiting);
            return waiting.stream()
                    .filter(each -> each.message().key().startsWith("adaptation/"))
                    .map(each -> Json.read(each.message().payload(), WorkUnit.class))
                    .peek(each -> assertThat(each.purpose()).isEqualTo(Purpose.ADAPT))
                    .toList();
        });
    }
}
