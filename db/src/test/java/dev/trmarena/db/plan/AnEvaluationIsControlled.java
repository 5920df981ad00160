package dev.trmarena.db.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.Outbox;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.HistoryView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.board.ReadHistory;
import dev.trmarena.db.dispatch.PlannedUnits;
import dev.trmarena.db.plan.ControlEvaluation.Command;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.HistoryEvent;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.Withdrawal;
import dev.trmarena.messages.WorkUnit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is solved stays; what is missing is given out again in another round; solvers are told what nobody waits for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnEvaluationIsControlled {
    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits planned = new PlannedUnits(jdbi);
    private final Instant now = Instant.now();
    private final UUID evaluation = planned.evaluation("one", 5, Priority.NORMAL, false);

    @Test
    void a_pause_takes_back_what_is_in_flight_and_a_resume_gives_it_out_in_another_round() {
        List<WorkUnit> first = planned.given(2, now);
        planned.solved(first.get(0));
        assertThat(control(Command.PAUSE)).isEmpty();
        assertThat(withdrawn()).containsExactly(new Withdrawal(evaluation, 1));
        assertThat(planned.given(4, now)).isEmpty();
        EvaluationView paused = view();
        assertThat(paused.state()).isEqualTo(EvaluationState.PAUSED);
        assertThat(paused.unitsDone()).isEqualTo(1);

        assertThat(control(Command.RESUME)).isEmpty();
        List<WorkUnit> again = planned.given(4, now);
        assertThat(again).extracting(WorkUnit::index).containsExactly(1, 2, 3, 4);
        assertThat(again).extracting(WorkUnit::round).containsOnly(2);
        assertThat(new Withdrawal(evaluation, 1).covers(again.get(0))).isFalse();
        assertThat(new Withdrawal(evaluation, 1).covers(first.get(1))).isTrue();
    }

    @Test
    void a_cancelled_one_is_over_until_it_is_retried() {
        planned.solved(planned.given(2, now).get(0));
        assertThat(control(Command.CANCEL)).isEmpty();
        assertThat(view().state()).isEqualTo(EvaluationState.CANCELLED);
        assertThat(view().finishedAt()).isNotNull();
        assertThat(planned.given(4, now)).isEmpty();
        assertThat(control(Command.CANCEL)).contains(EvaluationState.CANCELLED);
        assertThat(control(Command.PAUSE)).contains(EvaluationState.CANCELLED);
        assertThat(control(Command.RESUME)).contains(EvaluationState.CANCELLED);

        assertThat(control(Command.RETRY)).isEmpty();
        assertThat(view().finishedAt()).isNull();
        assertThat(planned.given(9, now)).extracting(WorkUnit::index).containsExactly(1, 2, 3, 4);
    }

    @Test
    void a_failed_one_keeps_its_reason_in_its_history() {
        planned.given(2, now);
        jdbi.useTransaction(handle -> WorkUnits.failed(
                handle, evaluation, FailureKind.MEMORY, "unit 1 needs more\0memory", List.of("a line")));
        assertThat(withdrawn()).containsExactly(new Withdrawal(evaluation, 1));
        EvaluationView failed = view();
        assertThat(failed.failure()).isNotNull().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.MEMORY);
            assertThat(failure.reason()).isEqualTo("unit 1 needs more?memory");
            assertThat(failure.log()).containsExactly("a line");
        });
        assertThat(control(Command.RETRY)).isEmpty();
        assertThat(view().failure()).isNull();
        assertThat(view().state()).isEqualTo(EvaluationState.QUEUED);
        HistoryView history = jdbi.withHandle(handle -> ReadHistory.of(handle, evaluation));
        assertThat(history.events())
                .extracting(HistoryView.Event::event)
                .containsExactly(HistoryEvent.PLANNED, HistoryEvent.FAILED, HistoryEvent.RETRIED);
    }

    @Test
    void the_same_again_is_a_repeat_only_when_asked_for() {
        assertThat(planned.evaluation("one", 5, Priority.NORMAL, false)).isEqualTo(evaluation);
        UUID second = planned.evaluation("one", 5, Priority.NORMAL, true);
        UUID third = planned.evaluation("one", 5, Priority.NORMAL, true);
        jdbi.useHandle(handle -> {
            assertThat(ReadEvaluations.repeats(handle, second))
                    .extracting(EvaluationView::id)
                    .containsExactly(evaluation, second, third);
            assertThat(ReadEvaluations.repeats(handle, evaluation))
                    .extracting(EvaluationView::repeat)
                    .containsExactly(1, 2, 3);
            assertThat(ReadEvaluations.byId(handle, third).orElseThrow().original())
                    .isEqualTo(evaluation);
        });
        assertThat(planned.evaluation("one", 5, Priority.NORMAL, false))
                .as("the first is what is offered")
                .isEqualTo(evaluation);
    }

    private Optional<EvaluationState> control(Command command) {
        return jdbi.inTransaction(handle -> ControlEvaluation.control(handle, evaluation, command));
    }

    private EvaluationView view() {
        return jdbi.withHandle(
                handle -> ReadEvaluations.byId(handle, evaluation).orElseThrow());
    }

    private List<Withdrawal> withdrawn() {
        return jdbi.inTransaction(handle -> Outbox.hold(handle, 1000).stream()
                .filter(each -> each.message().topic().equals(Topics.WITHDRAWN))
                .map(each -> Json.read(each.message().payload(), Withdrawal.class))
                .toList());
    }
}
