package dev.trmarena.db.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.dispatch.ReapOverdue.Counts;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.record.EvaluationLocks;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whoever locks several evaluations does so by their ids, and what need not wait does not: so nobody waits in a circle. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocksAreTakenInOneOrder {
    private static final ReapOverdue.Deadlines DEADLINES = new ReapOverdue.Deadlines(
            Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofDays(30));

    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits units = new PlannedUnits(jdbi);
    private final List<UUID> byId = Stream.of("one", "two")
            .map(model -> units.evaluation(model, 1, Priority.NORMAL, false))
            // As the database orders them: byte by byte.
            .sorted(Comparator.comparing(UUID::toString))
            .toList();
    private final UUID first = byId.get(0);
    private final UUID second = byId.get(1);

    @Test
    void a_dispatcher_has_no_evaluation_while_it_waits_for_one_of_a_smaller_id() {
        // Its turn is before that of the first.
        turn(first, 5);
        turn(second, 1);
        CompletableFuture<List<WorkUnit>> given;
        try (Handle other = jdbi.open()) {
            other.begin();
            lock(other, first);
            given = CompletableFuture.supplyAsync(() -> units.given(10, Instant.now()));
            await().until(this::somebodyWaits);
            lock(other, second);
            other.rollback();
        }
        assertThat(given.join()).extracting(WorkUnit::evaluation).containsExactly(second, first);
    }

    @Test
    void all_are_locked_by_their_ids_whatever_the_order_in_which_they_are_named() {
        CompletableFuture<Void> holder;
        try (Handle other = jdbi.open()) {
            other.begin();
            lock(other, first);
            holder = CompletableFuture.runAsync(
                    () -> jdbi.useTransaction(handle -> EvaluationLocks.hold(handle, List.of(second, first))));
            await().until(this::somebodyWaits);
            lock(other, second);
            other.rollback();
        }
        holder.join();
    }

    @Test
    void neither_a_heartbeat_nor_the_reaper_waits() {
        Instant now = Instant.now();
        List<WorkUnit> given = units.given(10, now);
        given.forEach(unit -> units.takenUp("solver of " + unit.evaluation(), unit));
        try (Handle other = jdbi.open()) {
            other.begin();
            lock(other, first);
            other.execute("update work_unit set solver = 'busy' where evaluation_id = ?", first);
            // One transaction with all that is done in it, see Jdbi.inTransaction.
            Counts reaped = jdbi.inTransaction(handle -> {
                handle.execute("set local lock_timeout = '1s'");
                given.forEach(unit -> units.heard("solver of " + unit.evaluation(), unit, now.plusSeconds(1)));
                return ReapOverdue.reap(handle, now.plus(Duration.ofMinutes(3)), DEADLINES);
            });
            assertThat(reaped).as("the other one").isEqualTo(new Counts(1, 0));
            other.rollback();
        }
        assertThat(units.given(10, now)).extracting(WorkUnit::evaluation).containsExactly(second);
    }

    private void turn(UUID evaluation, double turn) {
        jdbi.useHandle(handle -> handle.execute("update evaluation set turn = ? where id = ?", turn, evaluation));
    }

    /** At once, or not at all. */
    private static void lock(Handle handle, UUID evaluation) {
        handle.createQuery("select id from evaluation where id = ? for update nowait")
                .bind(0, evaluation)
                .mapTo(UUID.class)
                .one();
    }

    private boolean somebodyWaits() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select exists (select 1 from pg_stat_activity
                          where datname = current_database() and wait_event_type = 'Lock')""").mapTo(Boolean.class).one());
    }
}
