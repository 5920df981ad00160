package dev.trmarena.db.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.Database;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.HistoryView;
import dev.trmarena.db.board.ReadHistory;
import dev.trmarena.db.dispatch.PlannedUnits;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Whoever reads a poll of messages records them together; which solver had a unit last shows all the same. */
class DeliveriesOfOneTransactionKeepTheirOrder {
    /** So many that chance does not put them in order. */
    private static final int COUNT = 10;

    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits planned = new PlannedUnits(jdbi);

    @Test
    void the_last_error_is_that_of_the_delivery_that_began_last() {
        UUID evaluation = planned.evaluation("many deliveries", 2, Priority.NORMAL, false);
        WorkUnit unit = planned.given(2, Instant.now()).get(1);
        List<Outcome.Started> deliveries = deliveries(unit);
        jdbi.useTransaction(handle -> {
            WorkUnits.started(handle, evaluation, deliveries);
            deliveries.forEach(delivery -> WorkUnits.returned(handle, error(delivery)));
        });

        UnitFailure story = jdbi.withHandle(handle -> UnitFailure.of(handle, evaluation, unit.index()));
        assertThat(story.reason())
                .endsWith(" on " + String.join(", ", names()) + "; the last error was: says solver-9");
        assertThat(story.log()).containsExactly("logged by solver-9");
        assertThat(jdbi.withHandle(handle -> ReadHistory.of(handle, evaluation)).troubles())
                .as("on the page, oldest first")
                .extracting(HistoryView.Trouble::solver)
                .containsExactlyElementsOf(names());
    }

    @Test
    void deliveries_that_an_older_platform_recorded_are_numbered_by_their_time() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(TestPostgres.emptyUrl());
        dataSource.setUser("postgres");
        Flyway.configure().dataSource(dataSource).target("10").load().migrate();
        Jdbi older = Database.jdbi(dataSource);
        PlannedUnits olderUnits = new PlannedUnits(older);
        // It is planned by the code of today, which calls a column by another name and makes rows of units later.
        older.useHandle(handle -> handle.execute("alter table evaluation rename attempt to repeat;"
                + " alter table evaluation add unit_size int, add unit_firsts int[], add unit_ends int[], add unit_sizes int[],"
                + " add solver_set_digest text, add notes text[]"));
        UUID evaluation = olderUnits.evaluation("older", 1, Priority.NORMAL, false);
        older.useHandle(handle -> handle.execute("alter table evaluation rename repeat to attempt;"
                + " alter table evaluation drop unit_size, drop unit_firsts, drop unit_ends, drop unit_sizes,"
                + " drop solver_set_digest, drop notes;"
                + " insert into work_unit (evaluation_id, idx, first_example, end_example, example_count)"
                + " select id, 0, 0, 1, 1 from evaluation"));
        String digest = "5e".repeat(32);
        var unit = new WorkUnit(evaluation, 0, Purpose.SCORE, 1, 1, digest, digest, 0, 1, 1, "4-steps.float32", 0);
        List<Outcome.Started> deliveries = deliveries(unit);
        List<Outcome.Started> shuffled = new ArrayList<>(deliveries);
        shuffled.sort(Comparator.comparing(Outcome.Started::delivery));
        for (Outcome.Started delivery : shuffled) {
            older.useHandle(handle -> handle.createUpdate("""
                            insert into delivery (id, evaluation_id, idx, round, solver, instance, device, started_at,
                                                  ended_at, ending, kind, reason, log)
                            values (:delivery, :evaluation, 0, 1, :solver, :instance, 'CPU',
                                    timestamptz '2026-01-01' + :place * interval '1 minute', now(), 'returned',
                                    'store', 'says ' || :solver, '{}')""")
                    .bind("delivery", delivery.delivery())
                    .bind("evaluation", evaluation)
                    .bind("solver", delivery.solver())
                    .bind("instance", delivery.instance())
                    .bind("place", deliveries.indexOf(delivery))
                    .execute());
        }

        Flyway.configure().dataSource(dataSource).load().migrate();
        assertThat(older.withHandle(handle -> UnitFailure.of(handle, evaluation, 0))
                        .reason())
                .endsWith("says solver-9");
        older.useHandle(handle -> handle.execute("update work_unit set handouts = 1"));
        Outcome.Started next = started(unit, "the next");
        older.useTransaction(handle -> {
            WorkUnits.started(handle, evaluation, List.of(next));
            WorkUnits.returned(handle, error(next));
        });
        assertThat(older.withHandle(handle -> UnitFailure.of(handle, evaluation, 0))
                        .reason())
                .as("new deliveries come behind the old ones")
                .endsWith("says the next");
    }

    private static List<String> names() {
        return IntStream.range(0, COUNT).mapToObj(i -> "solver-" + i).toList();
    }

    private static List<Outcome.Started> deliveries(WorkUnit unit) {
        return names().stream().map(solver -> started(unit, solver)).toList();
    }

    private static Outcome.Started started(WorkUnit unit, String solver) {
        return new Outcome.Started(
                unit.evaluation(),
                unit.index(),
                UUID.randomUUID(),
                solver,
                UUID.randomUUID(),
                unit.round(),
                unit.handout(),
                "CPU");
    }

    private static Outcome.Returned error(Outcome.Started delivery) {
        return new Outcome.Returned(
                delivery.evaluation(),
                delivery.unit(),
                delivery.delivery(),
                delivery.solver(),
                delivery.handout(),
                FailureKind.STORE,
                "says " + delivery.solver(),
                List.of("logged by " + delivery.solver()));
    }
}
