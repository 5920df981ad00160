package dev.trmarena.db.dispatch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.dispatch.ReapOverdue.Counts;
import dev.trmarena.db.plan.ControlEvaluation;
import dev.trmarena.db.plan.ControlEvaluation.Command;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.record.RecordSolverEnds;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.SolverEnded;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every state that is not final has a deadline; the clock is the test's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatIsSilentIsReaped {
    private static final ReapOverdue.Deadlines DEADLINES = new ReapOverdue.Deadlines(
            Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofDays(30));
    private static final Counts NOTHING = new Counts(0, 0);

    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits planned = new PlannedUnits(jdbi);
    private final Instant start = Instant.now();

    @Test
    void a_unit_whose_solver_fell_silent_is_given_out_again() {
        planned.evaluation("one", 2, Priority.NORMAL, false);
        WorkUnit unit = planned.given(1, start).get(0);
        planned.takenUp("s", unit);
        planned.heard("s", unit, start);
        assertThat(reap(Duration.ofSeconds(115))).isEqualTo(NOTHING);
        assertThat(planned.given(1, start)).isEmpty();
        assertThat(reap(Duration.ofSeconds(125))).isEqualTo(new Counts(1, 0));
        assertThat(planned.given(1, start).get(0).index()).isEqualTo(unit.index());
    }

    @Test
    void but_not_one_that_a_solver_still_speaks_of() {
        planned.evaluation("one", 1, Priority.NORMAL, false);
        WorkUnit unit = planned.given(1, start).get(0);
        planned.takenUp("s", unit);
        planned.heard("s", unit, start.plus(Duration.ofHours(5)));
        assertThat(reap(Duration.ofHours(5).plusSeconds(5))).isEqualTo(NOTHING);
    }

    @Test
    void nor_one_that_is_solved_together_with_that_one() {
        UUID evaluation = planned.evaluation("one", 3, Priority.NORMAL, false);
        List<WorkUnit> units = planned.given(3, start);
        units.forEach(unit -> planned.takenUp("s", unit));
        planned.heard("s", units.get(0), start.plus(Duration.ofHours(5)));
        assertThat(reap(Duration.ofHours(5).plusSeconds(5))).isEqualTo(NOTHING);
        planned.heard("s", null, start.plus(Duration.ofHours(5)).plusSeconds(10));
        assertThat(reap(Duration.ofHours(5).plusMinutes(3)))
                .as("it has let go of all of them, and says nothing")
                .isEqualTo(new Counts(3, 0));
        assertThat(planned.given(3, start)).hasSize(3).allMatch(unit -> unit.evaluation()
                .equals(evaluation));
    }

    @Test
    void what_somebody_says_of_it_who_never_took_it_up_keeps_it_from_nobody() {
        planned.evaluation("one", 1, Priority.NORMAL, false);
        WorkUnit unit = planned.given(1, start).get(0);
        planned.takenUp("s", unit);
        planned.heard("another", unit, start.plus(Duration.ofMinutes(3)));
        assertThat(reap(Duration.ofMinutes(3))).isEqualTo(new Counts(1, 0));
    }

    @Test
    void a_unit_that_no_idle_solver_took_was_lost_on_the_way() {
        planned.evaluation("one", 1, Priority.NORMAL, false);
        WorkUnit unit = planned.given(1, start).get(0);
        Duration late = Duration.ofMinutes(6);
        assertThat(reap(late)).as("nobody is there to take it").isEqualTo(NOTHING);
        planned.heard(
                "busy",
                new WorkUnit(
                        UUID.randomUUID(), 0, Purpose.SCORE, 1, 1, "ab".repeat(32), "ab".repeat(32), 0, 1, 1, "1", 0),
                start.plus(late));
        assertThat(reap(late)).as("those that are there have their hands full").isEqualTo(NOTHING);
        planned.heard("idle", null, start.plus(late));
        assertThat(reap(late)).isEqualTo(new Counts(1, 0));
        assertThat(planned.given(1, start)).singleElement().satisfies(again -> {
            assertThat(again.index()).isEqualTo(unit.index());
            assertThat(again.handout()).isEqualTo(unit.handout() + 1);
        });
    }

    @Test
    void not_because_somebody_says_that_he_is_idle_while_others_work() {
        planned.evaluation("one", 2, Priority.NORMAL, false);
        WorkUnit unit = planned.given(2, start).get(0);
        planned.takenUp("s", unit);
        Instant late = start.plus(Duration.ofMinutes(6));
        planned.heard("s", unit, late);
        planned.heard("never took anything", null, late);
        assertThat(reap(Duration.ofMinutes(6))).isEqualTo(NOTHING);
    }

    @Test
    void a_unit_that_is_lost_three_times_ends_its_evaluation() {
        UUID evaluation = planned.evaluation("one", 2, Priority.NORMAL, false);
        Instant now = start;
        for (int time = 1; time <= 3; time++) {
            assertThat(planned.given(1, now)).hasSize(1);
            now = now.plus(Duration.ofMinutes(6));
            Instant late = now;
            planned.heard("idle", null, late);
            Counts reaped = jdbi.inTransaction(handle -> ReapOverdue.reap(handle, late, DEADLINES));
            assertThat(reaped).isEqualTo(new Counts(1, 0));
        }
        assertThat(planned.given(4, now)).as("none of its units is given out").isEmpty();
        EvaluationView view = view(evaluation);
        assertThat(view.state()).isEqualTo(EvaluationState.FAILED);
        assertThat(requireNonNull(view.failure()).kind()).isEqualTo(FailureKind.LOST);
        assertThat(view.failure().reason())
                .isEqualTo("unit 0 (examples 0 to 0) was given out 3 times, and no solver took it");
    }

    @Test
    void so_does_one_whose_solvers_fell_silent_three_times() {
        UUID evaluation = planned.evaluation("one", 2, Priority.NORMAL, false);
        Instant now = start;
        for (int time = 1; time <= 3; time++) {
            WorkUnit unit = planned.given(1, now).get(0);
            planned.takenUp("s" + time, unit);
            planned.heard("s" + time, unit, now);
            now = now.plus(Duration.ofMinutes(3));
            Instant late = now;
            jdbi.useTransaction(handle -> ReapOverdue.reap(handle, late, DEADLINES));
        }
        assertThat(planned.given(1, now)).isEmpty();
        var failure = requireNonNull(view(evaluation).failure());
        assertThat(failure.kind()).isEqualTo(FailureKind.LOST);
        assertThat(failure.reason())
                .isEqualTo("unit 0 (examples 0 to 0) went wrong 3 times, on s1, s2, s3;"
                        + " the last error was: nothing was heard of s3 while it had unit 0");
    }

    @ParameterizedTest(name = "told {0} the last time")
    @ValueSource(strings = {"before", "after"})
    void with_the_last_words_of_its_solver_if_somebody_heard_them(String told) {
        UUID evaluation = planned.evaluation("one", 2, Priority.NORMAL, false);
        UUID instance = UUID.randomUUID();
        var ended = new SolverEnded("s", instance, 139, FailureKind.SOLVER_ENDED, "s was killed", List.of("a", "b"));
        Instant now = start;
        for (int time = 1; time <= 3; time++) {
            WorkUnit unit = planned.given(1, now).get(0);
            var go = new Outcome.Started(
                    evaluation, unit.index(), UUID.randomUUID(), "s", instance, 1, unit.handout(), "CPU");
            planned.heard("s", unit, now);
            jdbi.useTransaction(handle -> WorkUnits.started(handle, evaluation, List.of(go)));
            now = now.plus(Duration.ofMinutes(3));
            Instant late = now;
            if (told.equals("before")) {
                jdbi.useTransaction(handle -> RecordSolverEnds.record(handle, ended, late));
            }
            jdbi.useTransaction(handle -> ReapOverdue.reap(handle, late, DEADLINES));
        }
        assertThat(planned.given(1, now)).as("it is given up").isEmpty();
        if (told.equals("after")) {
            assertThat(requireNonNull(view(evaluation).failure()).log()).isEmpty();
        }
        for (int time = 0; time < 2; time++) {
            jdbi.useTransaction(handle -> RecordSolverEnds.record(handle, ended, start));
        }
        var failure = requireNonNull(view(evaluation).failure());
        assertThat(failure.kind()).isEqualTo(FailureKind.SOLVER_ENDED);
        assertThat(failure.reason())
                .isEqualTo("unit 0 (examples 0 to 0) went wrong 3 times, on s; the last error was: s was killed"
                        + " while it had unit 0");
        assertThat(failure.log()).containsExactly("a", "b");
    }

    @Test
    void an_evaluation_that_nothing_happens_to_ends_with_the_reason() {
        UUID forgotten = planned.evaluation("forgotten", 1, Priority.NORMAL, false);
        assertThat(reap(Duration.ofHours(23))).isEqualTo(NOTHING);
        assertThat(reap(Duration.ofHours(25))).isEqualTo(new Counts(0, 1));
        assertThat(requireNonNull(view(forgotten).failure()).kind()).isEqualTo(FailureKind.NO_SOLVER);
    }

    @Test
    void one_that_is_at_work_does_not_though_it_takes_days() {
        planned.evaluation("slow", 2, Priority.NORMAL, false);
        WorkUnit unit = planned.given(1, start).get(0);
        planned.takenUp("s", unit);
        planned.heard("s", unit, start.plus(Duration.ofHours(30)));
        assertThat(reap(Duration.ofHours(30).plusSeconds(3))).isEqualTo(NOTHING);
    }

    @Test
    void a_paused_one_is_cancelled_after_a_month() {
        UUID evaluation = planned.evaluation("paused", 1, Priority.NORMAL, false);
        jdbi.useTransaction(handle -> ControlEvaluation.control(handle, evaluation, Command.PAUSE));
        assertThat(reap(Duration.ofDays(29))).isEqualTo(NOTHING);
        assertThat(reap(Duration.ofDays(31))).isEqualTo(new Counts(0, 1));
        assertThat(view(evaluation).state()).isEqualTo(EvaluationState.CANCELLED);
    }

    private Counts reap(Duration later) {
        return jdbi.inTransaction(handle -> ReapOverdue.reap(handle, start.plus(later), DEADLINES));
    }

    private EvaluationView view(UUID evaluation) {
        return jdbi.withHandle(
                handle -> ReadEvaluations.byId(handle, evaluation).orElseThrow());
    }
}
