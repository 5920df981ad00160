package dev.trmarena.db.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.Outbox;
import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.dispatch.DispatchUnits;
import dev.trmarena.db.dispatch.PlannedUnits;
import dev.trmarena.db.dispatch.ReapOverdue;
import dev.trmarena.db.plan.ControlEvaluation;
import dev.trmarena.db.plan.ControlEvaluation.Command;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.build.BuildProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restored database has another broker and other solvers: what was given out is given out again, and nobody is to blame. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NothingIsHeardOfSolversElsewhere {
    private static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    private final Jdbi jdbi = TestPostgres.migrated();

    @Test
    void so_what_they_had_is_given_out_again_and_what_is_solved_stays() throws Exception {
        var planned = new PlannedUnits(jdbi);
        UUID evaluation = planned.evaluation("one", 4, Priority.NORMAL, false);
        List<WorkUnit> first = planned.given(3, NOW);
        planned.solved(first.get(0));
        started(jdbi, first.get(1));

        SmallBackup.save(jdbi, folder, BuildProgress.SILENT);
        Jdbi restored = SmallBackup.restored(folder);
        List<WorkUnit> again = given(restored);
        assertThat(again).extracting(WorkUnit::index).containsExactly(1, 2, 3);
        assertThat(again).extracting(WorkUnit::evaluation).containsOnly(evaluation);
        assertThat(again).extracting(WorkUnit::handout).containsExactly(2, 2, 1);
        assertThat(again).extracting(WorkUnit::round).containsOnly(1);
    }

    /** Three times: a unit that three solvers died of is given up. */
    @Test
    void however_often_it_is_restored() throws Exception {
        new PlannedUnits(jdbi).evaluation("one", 1, Priority.NORMAL, false);
        Jdbi current = jdbi;
        for (int time = 1; time <= 4; time++) {
            List<WorkUnit> units = given(current);
            assertThat(units).as("time " + time).hasSize(1);
            started(current, units.get(0));
            Path own = Files.createDirectory(folder.resolve("backup-" + time));
            SmallBackup.save(current, own, BuildProgress.SILENT);
            current = SmallBackup.restored(own);
        }
        List<String> endings = current.withHandle(handle -> handle.createQuery("select ending from delivery")
                .mapTo(String.class)
                .list());
        assertThat(endings).hasSize(4).containsOnly("returned");
    }

    @Test
    void nor_does_a_message_to_them_go_to_anybody() throws Exception {
        new PlannedUnits(jdbi).evaluation("one", 2, Priority.NORMAL, false);
        jdbi.useTransaction(handle -> DispatchUnits.some(handle, new DispatchUnits.Limits(2, 0, 3, 7), NOW));
        SmallBackup.save(jdbi, folder, BuildProgress.SILENT);
        Jdbi restored = SmallBackup.restored(folder);
        List<Outbox.WaitingMessage> waiting = restored.inTransaction(handle -> Outbox.hold(handle, 10));
        assertThat(waiting).isEmpty();
        assertThat(given(restored)).hasSize(2);
    }

    /** A backup that lay in a drawer for a year. */
    @Test
    void and_no_deadline_is_missed_meanwhile() throws Exception {
        var planned = new PlannedUnits(jdbi);
        UUID running = planned.evaluation("runs", 2, Priority.NORMAL, false);
        UUID paused = planned.evaluation("waits", 2, Priority.NORMAL, false);
        jdbi.useTransaction(handle -> ControlEvaluation.control(handle, paused, Command.PAUSE));
        jdbi.useHandle(handle -> handle.execute(
                "insert into risky_work (kind, subject, process) values ('score', ?, gen_random_uuid())",
                running.toString()));
        jdbi.useHandle(handle -> handle.execute("update evaluation set since = now() - interval '1 year'"));
        SmallBackup.save(jdbi, folder, BuildProgress.SILENT);
        Jdbi restored = SmallBackup.restored(folder);
        var deadlines = new ReapOverdue.Deadlines(
                Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofHours(1), Duration.ofDays(7));
        ReapOverdue.Counts reaped =
                restored.inTransaction(handle -> ReapOverdue.reap(handle, Instant.now(), deadlines));
        assertThat(reaped).isEqualTo(new ReapOverdue.Counts(0, 0));
        int deaths = restored.withHandle(handle -> RiskyWork.deaths(handle, RiskyWork.Kind.SCORE, running.toString()));
        assertThat(deaths).isZero();
    }

    private static List<WorkUnit> given(Jdbi database) {
        return new PlannedUnits(database).given(10, NOW);
    }

    private static void started(Jdbi database, WorkUnit unit) {
        database.useTransaction(handle -> WorkUnits.started(handle, unit.evaluation(), List.of(outcome(unit))));
    }

    private static Outcome.Started outcome(WorkUnit unit) {
        return new Outcome.Started(
                unit.evaluation(),
                unit.index(),
                UUID.randomUUID(),
                "solver-1",
                UUID.randomUUID(),
                unit.round(),
                unit.handout(),
                "CPU");
    }
}
