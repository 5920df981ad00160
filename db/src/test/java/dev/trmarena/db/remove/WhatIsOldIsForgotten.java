package dev.trmarena.db.remove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.dispatch.PlannedUnits;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.messages.Kept;
import dev.trmarena.messages.Retention;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** And nothing else: what tells of a failure, and what goes on, is kept. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatIsOldIsForgotten {
    private static final Instant NOW = Instant.now();

    private static final Retention USUAL = Retention.of(Map.of());

    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits planned = new PlannedUnits(jdbi);

    @Test
    void deliveries_of_what_was_over_long_ago() {
        UUID over = planned.evaluation("over", 3, Priority.NORMAL, false);
        UUID goesOn = planned.evaluation("goes-on", 1, Priority.NORMAL, false);
        for (WorkUnit unit : planned.given(10, NOW)) {
            planned.takenUp("solver-1", unit);
        }
        jdbi.useHandle(handle -> {
            handle.execute("update delivery set ended_at = now(), ending = 'solved'");
            handle.execute(
                    "update delivery set ended_at = null, ending = null where evaluation_id = ? and idx = 1", over);
            handle.execute("update delivery set ending = 'lost' where evaluation_id = ? and idx = 2", over);
            handle.execute(
                    "update evaluation set state = 'finished', finished_at = ? where id = ?",
                    NOW.minus(Duration.ofDays(80)),
                    over);
        });
        assertThat(jdbi.withHandle(handle -> ForgetOld.deliveries(handle, USUAL, NOW))
                        .intValue())
                .as("it was over 80 days ago")
                .isZero();
        jdbi.useHandle(handle -> handle.execute(
                "update evaluation set finished_at = ? where id = ?", NOW.minus(Duration.ofDays(100)), over));
        assertThat(jdbi.withHandle(handle -> ForgetOld.deliveries(handle, USUAL, NOW))
                        .intValue())
                .isEqualTo(1);
        assertThat(lines("select evaluation_id || '/' || idx from delivery order by 1"))
                .containsExactlyInAnyOrder(over + "/1", over + "/2", goesOn + "/0");
    }

    @Test
    void solvers_that_were_not_heard_of_and_how_they_ended() {
        planned.heard("old", null, NOW.minus(Duration.ofDays(40)));
        planned.heard("young", null, NOW.minus(Duration.ofDays(20)));
        jdbi.useHandle(handle -> {
            for (int days : List.of(40, 20)) {
                handle.execute("""
                        insert into solver_end (instance, solver, at, exit_status, kind, reason, log)
                        values (gen_random_uuid(), ?, ?, 1, 'solver_ended', 'it ended', '{}')""", "ended " + days + " days ago", NOW.minus(Duration.ofDays(days)));
            }
        });
        int gone = jdbi.withHandle(handle -> ForgetOld.solvers(handle, USUAL, NOW));
        assertThat(gone).isEqualTo(2);
        assertThat(lines("select name from solver")).containsExactly("young");
        assertThat(lines("select solver from solver_end")).containsExactly("ended 20 days ago");
    }

    @Test
    void that_an_evaluation_was_removed() {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "insert into removed_evaluation (id, removed_at) values (gen_random_uuid(), ?)",
                    NOW.minus(Duration.ofDays(61)));
            handle.execute("insert into removed_evaluation (id, removed_at) values (gen_random_uuid(), ?)", NOW);
        });
        assertThat(jdbi.withHandle(handle -> ForgetOld.removed(handle, USUAL, NOW))
                        .intValue())
                .isEqualTo(1);
        assertThat(jdbi.withHandle(handle -> ForgetOld.removed(handle, USUAL, NOW))
                        .intValue())
                .isZero();
        assertThat(lines("select id::text from removed_evaluation")).hasSize(1);
    }

    @Test
    void what_requests_made_and_what_ended_at_an_upload() {
        jdbi.useHandle(handle -> {
            for (int hours : List.of(25, 23)) {
                Instant at = NOW.minus(Duration.ofHours(hours));
                handle.execute(
                        "insert into answered_request (digest, made, answered_at) values (?, 'it', ?)",
                        hours + " hours",
                        at);
                for (String kind : List.of("import", "score")) {
                    handle.execute("""
                            insert into risky_work (kind, subject, process, began_at)
                            values (?, ?, gen_random_uuid(), ?)""", kind, kind + " " + hours, at);
                }
            }
        });
        assertThat(jdbi.withHandle(handle -> ForgetOld.requests(handle, USUAL, NOW))
                        .intValue())
                .isEqualTo(2);
        assertThat(lines("select digest from answered_request")).containsExactly("23 hours");
        assertThat(lines("select subject from risky_work"))
                .containsExactlyInAnyOrder("import 23", "score 25", "score 23");
    }

    /** Three times as many as a megabyte holds: of those of two days ago the oldest go, of those of this hour none. */
    @ParameterizedTest
    @CsvSource({
        "REMOVED,'removed_evaluation (id, removed_at)',gen_random_uuid(),removed_at",
        "SOLVERS,'solver_end (instance, at, solver, exit_status, kind, reason, log)',gen_random_uuid(),at",
        "REQUESTS,'answered_request (digest, answered_at, made)',md5(n::text),answered_at",
    })
    void rows_that_are_more_than_their_bytes_and_that_nobody_may_need(
            Kept kept, String columns, String key, String at) {
        String table = columns.substring(0, columns.indexOf(' '));
        String more = kept == Kept.SOLVERS ? ", 'it', 1, 'it', 'it', '{}'" : kept == Kept.REQUESTS ? ", 'it'" : "";
        String write = "insert into " + columns + " select " + key + ", :at::timestamptz - n * interval '1 millisecond'"
                + more + " from generate_series(:from, :to) n";
        Retention little = Retention.of(
                Map.of("ARENA_RETENTION_" + kept + "_BYTES", "1M", "ARENA_RETENTION_" + kept + "_TIME", "P60D"));
        written(write, NOW, 1, 30_000);
        assertThat(forgotten(little)).as("they may be needed").isZero();
        jdbi.useHandle(handle -> handle.execute("delete from " + table));
        written(write, NOW.minus(Duration.ofHours(25)), 1, 60_000);
        written(write, NOW, 60_001, 60_010);
        assertThat(forgotten(little)).isPositive();
        assertThat(forgotten(little)).isZero();
        assertThat(number("select count(*) from " + table))
                .as("a row has some 60 bytes, and they were 60,010")
                .isBetween(10_000L, 25_000L);
        assertThat(number("select count(*) from " + table + " where " + at + " > now() - interval '2 hours'"))
                .isEqualTo(10);
        assertThat(number("select max(n) - count(*) from (select row_number() over (order by " + at
                        + " desc) as n from " + table + ") t"))
                .as("the youngest are left")
                .isZero();
    }

    private void written(String write, Instant at, int from, int to) {
        jdbi.useHandle(handle -> handle.createUpdate(write)
                .bind("at", at)
                .bind("from", from)
                .bind("to", to)
                .execute());
    }

    private int forgotten(Retention retention) {
        return jdbi.inTransaction(handle -> ForgetOld.all(handle, retention, NOW));
    }

    /** It was paused and resumed without end, and failed as often. */
    @Test
    void all_but_the_last_of_what_happened_to_one() {
        UUID restless = planned.evaluation("restless", 1, Priority.NORMAL, false);
        UUID other = planned.evaluation("other", 1, Priority.NORMAL, false);
        for (WorkUnit unit : planned.given(10, NOW)) {
            planned.takenUp("solver-1", unit);
        }
        jdbi.useHandle(handle -> {
            handle.execute("delete from evaluation_event");
            handle.execute("""
                    insert into evaluation_event (evaluation_id, event, detail)
                    select ?, 'paused', n::text from generate_series(1, 600) n""", restless);
            handle.execute("insert into evaluation_event (evaluation_id, event) values (?, 'paused')", other);
            handle.execute("""
                    insert into delivery (id, evaluation_id, idx, round, solver, instance, device, ended_at, ending, handout)
                    select gen_random_uuid(), evaluation_id, idx, round, solver, instance, device, now(), 'lost', handout
                    from delivery, generate_series(1, 550) where evaluation_id = ?""", restless);
        });
        assertThat(jdbi.withHandle(ForgetOld::history).intValue())
                .as("it may still be asked about")
                .isEqualTo(100);
        jdbi.useHandle(handle ->
                handle.execute("update evaluation set state = 'finished', finished_at = now() where id = ?", restless));
        assertThat(jdbi.withHandle(ForgetOld::history).intValue()).isEqualTo(50);
        assertThat(number("select min(detail::int) from evaluation_event where detail is not null"))
                .isEqualTo(101);
        assertThat(number("select count(*) from delivery where came_to_nothing"))
                .isEqualTo(500);
        assertThat(number("select count(*) from delivery where not came_to_nothing"))
                .isEqualTo(2);
    }

    private long number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private List<String> lines(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
