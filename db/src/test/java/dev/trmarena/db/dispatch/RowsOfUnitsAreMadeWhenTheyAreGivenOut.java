package dev.trmarena.db.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ProgressView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.board.Workload;
import dev.trmarena.db.plan.ControlEvaluation;
import dev.trmarena.db.plan.ControlEvaluation.Command;
import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.record.FinishEvaluations;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.score.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A large evaluation that is asked for and never run is a row; everything that counts units counts those, too, that have no row yet. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowsOfUnitsAreMadeWhenTheyAreGivenOut {
    private static final int UNITS = 1000;
    private static final int IN_FLIGHT = 4;
    private static final int LOOPS = 100;

    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits units = new PlannedUnits(jdbi);
    private final Instant now = Instant.now();

    @Test
    void again_and_cancel_without_end_leave_as_many_as_were_in_flight() {
        UUID first = units.evaluation("line", UNITS, Priority.NORMAL, true);
        for (int loop = 0; loop < LOOPS; loop++) {
            UUID again = units.evaluation("line", UNITS, Priority.NORMAL, true);
            assertThat(rows(again)).as("before it is its turn").isZero();
            units.given(IN_FLIGHT, now);
            control(again, Command.CANCEL);
        }
        assertThat(rows()).isLessThanOrEqualTo((LOOPS + 1) * IN_FLIGHT);
        control(first, Command.CANCEL);
        assertThat(jdbi.withHandle(Workload::read).waiting()).isZero();
    }

    @Test
    void a_retry_gives_out_what_is_missing_and_what_was_never_begun() {
        UUID evaluation = units.evaluation("line", 10, Priority.NORMAL, false);
        List<WorkUnit> before = units.given(IN_FLIGHT, now);
        units.solved(before.get(0));
        units.solved(before.get(2));
        control(evaluation, Command.CANCEL);
        assertThat(rows(evaluation)).isEqualTo(IN_FLIGHT);
        control(evaluation, Command.RETRY);
        List<WorkUnit> after = units.given(100, now);
        assertThat(after).extracting(WorkUnit::index).containsExactly(1, 3, 4, 5, 6, 7, 8, 9);
        assertThat(after).extracting(WorkUnit::firstExample).containsExactly(1, 3, 4, 5, 6, 7, 8, 9);
        assertThat(after).extracting(WorkUnit::handout).containsExactly(2, 2, 1, 1, 1, 1, 1, 1);
        after.forEach(units::solved);
        assertThat(jdbi.withHandle(FinishEvaluations::due)).containsExactly(evaluation);
    }

    @Test
    void it_is_not_done_when_all_that_have_rows_are() {
        UUID evaluation = units.evaluation("line", 6, Priority.NORMAL, false);
        assertThat(jdbi.withHandle(FinishEvaluations::due)).isEmpty();
        assertProgress(evaluation, 6, 0);
        List<WorkUnit> given = units.given(IN_FLIGHT, now);
        assertProgress(evaluation, 2, IN_FLIGHT);
        given.forEach(units::solved);
        assertThat(jdbi.withHandle(FinishEvaluations::due)).isEmpty();
        assertProgress(evaluation, 2, 0);
        control(evaluation, Command.PAUSE);
        control(evaluation, Command.RESUME);
        assertProgress(evaluation, 2, 0);
        units.given(IN_FLIGHT, now).forEach(units::solved);
        assertThat(jdbi.withHandle(FinishEvaluations::due)).containsExactly(evaluation);
    }

    @Test
    void each_with_its_examples_where_the_protocol_leaves_some_out() {
        var cut = List.of(
                new NewEvaluation.Unit(0, 3, 9, 3),
                new NewEvaluation.Unit(1, 9, 14, 3),
                new NewEvaluation.Unit(2, 20, 21, 1));
        units.evaluation("gaps", cut, Priority.NORMAL, false);
        List<NewEvaluation.Unit> given = new ArrayList<>();
        for (int turn = 0; turn < cut.size(); turn++) {
            List<WorkUnit> one = units.given(1, now);
            one.forEach(unit -> given.add(
                    new NewEvaluation.Unit(unit.index(), unit.firstExample(), unit.endExample(), unit.exampleCount())));
            one.forEach(units::solved);
        }
        assertThat(given).isEqualTo(cut);
        var even = List.of(
                new NewEvaluation.Unit(0, 0, 3, 3),
                new NewEvaluation.Unit(1, 3, 6, 3),
                new NewEvaluation.Unit(2, 6, 8, 2));
        units.evaluation("even", even, Priority.NORMAL, false);
        assertThat(units.given(10, now))
                .extracting(unit -> new NewEvaluation.Unit(
                        unit.index(), unit.firstExample(), unit.endExample(), unit.exampleCount()))
                .isEqualTo(even);
    }

    @Test
    void each_of_its_own_size_and_with_the_copy_of_the_set_where_rows_are_adapted() {
        var cut = List.of(
                new NewEvaluation.Unit(0, 0, 1, 1),
                new NewEvaluation.Unit(1, 1, 4, 3),
                new NewEvaluation.Unit(2, 4, 6, 2));
        String copy = "c0".repeat(32);
        Protocol protocol = Protocol.parse("4-steps.float32.mean-rows");
        UUID adapts = units.evaluation("adapts", cut, Priority.NORMAL, false, protocol, copy);
        List<WorkUnit> given = units.given(2, now);
        given.forEach(units::solved);
        List<WorkUnit> all = new ArrayList<>(given);
        all.addAll(units.given(2, now));
        assertThat(all)
                .extracting(unit -> new NewEvaluation.Unit(
                        unit.index(), unit.firstExample(), unit.endExample(), unit.exampleCount()))
                .isEqualTo(cut);
        assertThat(all).extracting(WorkUnit::puzzleSetManifest).containsOnly(copy);
        all.subList(2, 3).forEach(units::solved);
        assertThat(jdbi.withHandle(FinishEvaluations::due)).containsExactly(adapts);
        units.evaluation("plain", 1, Priority.NORMAL, false);
        assertThat(units.given(1, now))
                .extracting(WorkUnit::puzzleSetManifest)
                .doesNotContain(copy)
                .hasSize(1);
    }

    private void assertProgress(UUID evaluation, int waiting, int inFlight) {
        EvaluationView view = jdbi.withHandle(handle -> ReadEvaluations.byId(handle, evaluation))
                .orElseThrow();
        ProgressView progress = Objects.requireNonNull(view.progress());
        assertThat(progress.unitsWaiting()).as("waiting").isEqualTo(waiting);
        assertThat(progress.unitsInFlight()).as("in flight").isEqualTo(inFlight);
        Workload workload = jdbi.withHandle(Workload::read);
        assertThat(workload.waiting()).isEqualTo(waiting);
        assertThat(workload.inFlight()).isEqualTo(inFlight);
    }

    private void control(UUID evaluation, Command command) {
        Optional<EvaluationState> forbids =
                jdbi.inTransaction(handle -> ControlEvaluation.control(handle, evaluation, command));
        assertThat(forbids).isEmpty();
    }

    private int rows(UUID evaluation) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from work_unit where evaluation_id = ?")
                .bind(0, evaluation)
                .mapTo(Integer.class)
                .one());
    }

    private int rows() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from work_unit")
                .mapTo(Integer.class)
                .one());
    }
}
