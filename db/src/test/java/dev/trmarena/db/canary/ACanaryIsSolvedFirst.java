package dev.trmarena.db.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.db.Outbox;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.dispatch.PlannedUnits;
import dev.trmarena.db.plan.ControlEvaluation;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.record.FinishEvaluations;
import dev.trmarena.messages.CanaryVerdict;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Outcome.NotReplayed.End;
import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Its units are no work units: whatever becomes of them, the examples of the evaluation and their progress stay what they are. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ACanaryIsSolvedFirst {
    private static final Protocol PROTOCOL = Protocol.whole(4, Dtype.FLOAT32);
    private static final DispatchCanaries.Limits LIMITS = new DispatchCanaries.Limits(8, 3, Duration.ofMinutes(10));

    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits planned = new PlannedUnits(jdbi);
    private Instant now = Instant.now();

    @Test
    void in_units_as_large_as_those_of_the_evaluation() {
        UUID evaluation = planned(20, 8, false);
        List<WorkUnit> units = given();
        assertThat(units)
                .extracting(unit -> List.of(unit.index(), unit.firstExample(), unit.endExample(), unit.exampleCount()))
                .containsExactly(List.of(0, 0, 8, 8), List.of(1, 8, 16, 8), List.of(2, 16, 20, 4));
        assertThat(units).allMatch(unit -> unit.purpose() == Purpose.CANARY && unit.handout() == 1);
        assertThat(units).allMatch(unit -> unit.hCycles() == null && unit.lCycles() == null);
        assertThat(given()).isEmpty();
        assertThat(planned.given(100, now))
                .as("its examples are not waiting for it")
                .hasSize(5);
        EvaluationView view = view(evaluation);
        assertThat(view.unitsDone()).isZero();
        assertThat(view.canary()).isEqualTo(CanaryView.of(20, false));
    }

    @Test
    void what_is_to_stop_waits_for_the_verdict() {
        UUID evaluation = planned(4, 8, true);
        assertThat(planned.given(100, now)).isEmpty();
        assertThat(due()).isEmpty();
        WorkUnit unit = given().get(0);
        answer(unit, 3);
        assertThat(planned.given(100, now)).as("answered, not judged").isEmpty();
        assertThat(due()).containsExactly(evaluation);
        judge(evaluation, 3);
        assertThat(due()).isEmpty();
        assertThat(planned.given(100, now)).hasSize(5);
    }

    @Test
    void an_evaluation_is_not_over_before_it_is_judged() {
        UUID evaluation = planned(4, 8, false);
        planned.given(100, now).forEach(planned::solved);
        assertThat(jdbi.withHandle(FinishEvaluations::due)).isEmpty();
        answer(given().get(0), 3);
        assertThat(jdbi.withHandle(FinishEvaluations::due)).isEmpty();
        judge(evaluation, 3);
        assertThat(jdbi.withHandle(FinishEvaluations::due)).containsExactly(evaluation);
    }

    @Test
    void an_answer_counts_once_and_only_to_what_was_given_out() {
        UUID evaluation = planned(16, 8, false);
        var early = new WorkUnit(
                evaluation, 0, Purpose.CANARY, 1, 1, "ab".repeat(32), "cd".repeat(32), 0, 8, 8, PROTOCOL.key(), 0);
        assertThatThrownBy(() -> answer(early, 8))
                .isInstanceOf(AnswersNothing.class)
                .hasMessageContaining("given out 0 times");
        List<WorkUnit> units = given();
        assertThatThrownBy(() -> record(units.get(0), IntStream.range(0, 7), 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the demonstrations 0 to 7");
        assertThatThrownBy(() -> record(units.get(0), IntStream.range(8, 16), 7))
                .isInstanceOf(IllegalArgumentException.class);
        answer(units.get(0), 5);
        answer(units.get(0), 8);
        answer(units.get(1), 1);
        assertThat(runs(evaluation)).extracting(CanaryUnits.Run::exact).containsExactly(6);
        lost(units.get(0), 1, End.WENT_WRONG, "told late");
        assertThat(given()).as("it is answered").isEmpty();
    }

    @Test
    void a_unit_whose_solver_died_is_given_out_again_until_it_came_to_nothing_three_times() {
        UUID evaluation = planned(4, 8, false);
        for (int handout = 1; handout <= 5; handout++) {
            assertThat(given()).singleElement().extracting(WorkUnit::handout).isEqualTo(handout);
            lost(unitOf(evaluation), handout, End.HANDED_BACK, "asked to stop");
        }
        for (int handout = 6; handout <= 8; handout++) {
            assertThat(given()).singleElement().extracting(WorkUnit::handout).isEqualTo(handout);
            lost(unitOf(evaluation), handout - 1, End.WENT_WRONG, "told late of the one before");
            assertThat(given()).isEmpty();
            lost(unitOf(evaluation), handout, End.WENT_WRONG, "no space left");
        }
        assertThat(given()).isEmpty();
        assertThat(due()).as("somebody says that there is none").containsExactly(evaluation);
        assertThat(runs(evaluation))
                .singleElement()
                .satisfies(run -> assertThat(run.failure()).contains("3 times").contains("no space left"));
    }

    @Test
    void what_nobody_answers_is_given_out_once_more_and_a_late_answer_counts() {
        UUID evaluation = planned(4, 8, false);
        WorkUnit first = given().get(0);
        now = now.plus(Duration.ofMinutes(9));
        assertThat(given()).isEmpty();
        now = now.plus(Duration.ofMinutes(2));
        assertThat(given()).hasSize(1);
        answer(first, 4);
        assertThat(runs(evaluation)).extracting(CanaryUnits.Run::exact).containsExactly(4);
    }

    @Test
    void a_pause_takes_it_back_and_a_resume_goes_on() {
        UUID evaluation = planned(4, 8, false);
        given();
        control(evaluation, ControlEvaluation.Command.PAUSE);
        assertThat(given()).isEmpty();
        control(evaluation, ControlEvaluation.Command.RESUME);
        assertThat(given()).singleElement().satisfies(unit -> {
            assertThat(unit.round()).isEqualTo(2);
            assertThat(unit.handout()).isEqualTo(2);
        });
    }

    @Test
    void other_settings_are_solved_like_the_own_ones() {
        UUID evaluation = planned(4, 8, true);
        answer(given().get(0), 1);
        var fewer = new CanaryUnits.Settings(PROTOCOL.with(Dtype.BFLOAT16), 1, 3);
        jdbi.useHandle(handle -> CanaryUnits.add(handle, evaluation, fewer, 1, 4, 3));
        assertThat(due()).isEmpty();
        List<WorkUnit> units = given();
        assertThat(units).extracting(WorkUnit::index).containsExactlyInAnyOrder(1, 2);
        assertThat(units).allMatch(unit -> unit.protocol().equals("4-steps.bfloat16"));
        assertThat(units).allSatisfy(unit -> assertThat(List.of(unit.hCycles(), unit.lCycles()))
                .containsExactly(1, 3));
        units.forEach(unit -> answer(unit, 1));
        assertThat(runs(evaluation))
                .extracting(run -> List.of(run.run(), run.examples(), run.exact()))
                .containsExactly(List.of(0, 4, 1), List.of(1, 4, 2));
    }

    @Test
    void where_there_is_none_it_says_why() {
        UUID evaluation = planned.evaluation("none", 5, Priority.NORMAL, false);
        jdbi.useHandle(handle -> CanaryUnits.plan(
                handle, evaluation, new NewCanary("the set has no demonstrations", 0, true), PROTOCOL, 8));
        assertThat(planned.given(100, now)).as("nothing to wait for").hasSize(5);
        assertThat(view(evaluation).canary()).isEqualTo(CanaryView.without("the set has no demonstrations", true));
        assertThat(view(evaluation).state()).isEqualTo(EvaluationState.QUEUED);
    }

    private UUID planned(int examples, int unitSize, boolean stops) {
        UUID evaluation = planned.evaluation("m", 5, Priority.NORMAL, false);
        jdbi.useHandle(handle ->
                CanaryUnits.plan(handle, evaluation, new NewCanary(null, examples, stops), PROTOCOL, unitSize));
        return evaluation;
    }

    private void judge(UUID evaluation, int exact) {
        var fits = new CanaryView(null, 4, exact, CanaryVerdict.FITS, false, null, null, false, List.of());
        jdbi.useHandle(handle -> CanaryUnits.judged(handle, evaluation, fits));
        assertThat(view(evaluation).canary()).isEqualTo(fits);
    }

    private EvaluationView view(UUID evaluation) {
        return jdbi.withHandle(handle -> ReadEvaluations.byId(handle, evaluation))
                .orElseThrow();
    }

    private List<UUID> due() {
        return jdbi.withHandle(CanaryUnits::due);
    }

    private List<CanaryUnits.Run> runs(UUID evaluation) {
        return jdbi.withHandle(handle -> CanaryUnits.runs(handle, evaluation));
    }

    private void control(UUID evaluation, ControlEvaluation.Command command) {
        Optional<EvaluationState> refused =
                jdbi.inTransaction(handle -> ControlEvaluation.control(handle, evaluation, command));
        assertThat(refused).isEmpty();
    }

    private static WorkUnit unitOf(UUID evaluation) {
        return new WorkUnit(
                evaluation, 0, Purpose.CANARY, 1, 1, "ab".repeat(32), "cd".repeat(32), 0, 4, 4, PROTOCOL.key(), 0);
    }

    private void answer(WorkUnit unit, int exact) {
        record(unit, IntStream.range(unit.firstExample(), unit.endExample()), exact);
    }

    private void record(WorkUnit unit, IntStream examples, int exact) {
        List<Prediction> predictions = examples.mapToObj(
                        example -> new Prediction(example, new byte[] {2}, 1, 4, new byte[0], List.of()))
                .toList();
        var answer = new Outcome.CanaryAnswer(unit.evaluation(), unit.index(), "s", unit.handout(), predictions);
        jdbi.useHandle(handle -> CanaryUnits.answered(handle, answer, exact));
    }

    private void lost(WorkUnit unit, int handout, End end, String reason) {
        var nothing = new Outcome.NoCanaryAnswer(unit.evaluation(), unit.index(), "s", handout, end, reason);
        jdbi.useHandle(handle -> CanaryUnits.failed(handle, nothing));
    }

    private List<WorkUnit> given() {
        jdbi.useTransaction(handle -> DispatchCanaries.some(handle, LIMITS, now));
        return jdbi.inTransaction(handle -> {
            var waiting = Outbox.hold(handle, 1000);
            Outbox.delete(handle, waiting);
            return waiting.stream()
                    .filter(each -> each.message().key().startsWith("canary/"))
                    .map(each -> Json.read(each.message().payload(), WorkUnit.class))
                    .sorted(Comparator.comparingInt(WorkUnit::index))
                    .toList();
        });
    }
}
