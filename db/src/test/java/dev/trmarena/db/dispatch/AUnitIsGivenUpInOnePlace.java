package dev.trmarena.db.dispatch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.record.RecordSolverEnds;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.SolverEnded;
import dev.trmarena.messages.WorkUnit;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is heard of a unit makes it wait again; whether it is given out once more, the dispatcher says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AUnitIsGivenUpInOnePlace {
    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits planned = new PlannedUnits(jdbi);
    private final UUID evaluation = planned.evaluation("one", 4, Priority.NORMAL, false);

    @Test
    void never_for_what_was_handed_back_in_good_order() {
        for (int handout = 1; handout <= 12; handout++) {
            WorkUnit unit = theOneGivenOut();
            assertThat(unit.handout()).isEqualTo(handout);
            returned(started(unit, UUID.randomUUID()), null);
        }
        assertThat(view().state()).isEqualTo(EvaluationState.RUNNING);
        assertThat(theOneGivenOut().handout()).isEqualTo(13);
    }

    @Test
    void after_three_solvers_that_went_without_a_word() {
        for (int time = 1; time <= 3; time++) {
            WorkUnit unit = theOneGivenOut();
            started(unit, UUID.randomUUID());
            lost(unit);
        }
        assertThat(given()).isEmpty();
        assertThat(requireNonNull(view().failure()).kind()).isEqualTo(FailureKind.SOLVER_ENDED);
        assertThat(view().failure().reason())
                .isEqualTo("unit 0 (examples 0 to 0) went wrong 3 times, on s; none of them said why");
    }

    @Test
    void after_three_errors_with_the_last_of_them() {
        for (String error : List.of("first", "second", "third")) {
            returned(started(theOneGivenOut(), UUID.randomUUID()), error);
        }
        assertThat(given()).isEmpty();
        assertThat(requireNonNull(view().failure()).kind()).isEqualTo(FailureKind.STORE);
        assertThat(view().failure().reason()).endsWith("; the last error was: third");
    }

    @Test
    void not_for_what_is_told_of_an_earlier_time() {
        WorkUnit first = theOneGivenOut();
        returned(started(first, UUID.randomUUID()), "an error");
        WorkUnit second = theOneGivenOut();
        started(second, UUID.randomUUID());
        for (int time = 0; time < 5; time++) {
            lost(first);
            assertThat(given()).as("its second time goes on").isEmpty();
        }
        lost(second);
        assertThat(theOneGivenOut().handout()).as("twice is not three times").isEqualTo(3);
    }

    @Test
    void nor_for_a_solver_that_was_taken_for_gone_and_says_later_that_it_handed_it_back() {
        for (int time = 1; time <= 5; time++) {
            WorkUnit unit = theOneGivenOut();
            Outcome.Started slow = started(unit, UUID.randomUUID());
            lost(unit);
            returned(slow, null);
        }
        assertThat(theOneGivenOut().handout()).isEqualTo(6);
    }

    @Test
    void and_the_word_of_a_supervisor_makes_it_wait_at_once() {
        for (int time = 1; time <= 3; time++) {
            WorkUnit unit = theOneGivenOut();
            UUID instance = UUID.randomUUID();
            started(unit, instance);
            var killed =
                    new SolverEnded("s", instance, 137, FailureKind.SOLVER_ENDED, "s was killed", List.of("its log"));
            jdbi.useTransaction(handle -> RecordSolverEnds.record(handle, killed, Instant.now()));
            lost(unit);
        }
        assertThat(given()).isEmpty();
        assertThat(requireNonNull(view().failure()).reason())
                .isEqualTo("unit 0 (examples 0 to 0) went wrong 3 times, on s; the last error was: s was killed"
                        + " while it had unit 0");
        assertThat(view().failure().log()).containsExactly("its log");
    }

    @Test
    void and_of_all_units_that_it_had_not_answered() {
        UUID instance = UUID.randomUUID();
        List<WorkUnit> units = planned.given(4, Instant.now());
        assertThat(units).hasSize(4);
        List<Outcome.Started> begun =
                units.stream().map(unit -> started(unit, instance)).toList();
        returned(begun.get(0), null);
        lost(units.get(3));
        var killed = new SolverEnded("s", instance, 137, FailureKind.SOLVER_ENDED, "s was killed", List.of("its log"));
        jdbi.useTransaction(handle -> RecordSolverEnds.record(handle, killed, Instant.now()));
        assertThat(planned.given(4, Instant.now()))
                .as("the one that went back, those that it had, and the one that the broker told of first")
                .extracting(WorkUnit::index)
                .containsExactly(0, 1, 2, 3);
        List<String> endings = jdbi.withHandle(
                handle -> handle.createQuery("select ending || coalesce(' ' || kind, '') from delivery order by number")
                        .mapTo(String.class)
                        .list());
        assertThat(endings).containsExactly("returned", "lost solver_ended", "lost solver_ended", "lost solver_ended");
    }

    @Test
    void and_one_that_came_to_nothing_is_solved_alone_from_then_on() {
        WorkUnit first = theOneGivenOut();
        assertThat(first.alone()).isFalse();
        returned(started(first, UUID.randomUUID()), null);
        WorkUnit second = theOneGivenOut();
        assertThat(second.alone()).as("nothing was wrong").isFalse();
        started(second, UUID.randomUUID());
        lost(second);
        assertThat(planned.given(4, Instant.now()))
                .extracting(WorkUnit::alone)
                .containsExactly(true, false, false, false);
    }

    private WorkUnit theOneGivenOut() {
        List<WorkUnit> units = given();
        assertThat(units).hasSize(1);
        assertThat(units.get(0).index()).isZero();
        return units.get(0);
    }

    private List<WorkUnit> given() {
        return planned.given(1, Instant.now());
    }

    private Outcome.Started started(WorkUnit unit, UUID instance) {
        var started = new Outcome.Started(
                evaluation, unit.index(), UUID.randomUUID(), "s", instance, 1, unit.handout(), "CPU");
        jdbi.useTransaction(handle -> WorkUnits.started(handle, evaluation, List.of(started)));
        return started;
    }

    private void returned(Outcome.Started started, @Nullable String error) {
        FailureKind kind = error == null ? null : FailureKind.STORE;
        String reason = error == null ? "asked to stop" : error;
        var returned = new Outcome.Returned(
                evaluation, started.unit(), started.delivery(), "s", started.handout(), kind, reason, List.of());
        jdbi.useTransaction(handle -> WorkUnits.returned(handle, returned));
    }

    private void lost(WorkUnit unit) {
        jdbi.useTransaction(handle -> WorkUnits.lost(handle, evaluation, unit.index(), unit.handout(), false));
    }

    private EvaluationView view() {
        return jdbi.withHandle(
                handle -> ReadEvaluations.byId(handle, evaluation).orElseThrow());
    }
}
