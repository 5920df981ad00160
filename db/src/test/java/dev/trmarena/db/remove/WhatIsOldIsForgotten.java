package dev.trmarena.db.remove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.dispatch.PlannedUnits;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** And nothing else: what tells of a failure, and what goes on, is kept. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatIsOldIsForgotten {
    private static final Instant NOW = Instant.now();

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
        Instant before = NOW.minus(Duration.ofDays(90));
        assertThat(jdbi.withHandle(handle -> ForgetOld.deliveries(handle, before))
                        .intValue())
                .as("it was over 80 days ago")
                .isZero();
        jdbi.useHandle(handle -> handle.execute(
                "update evaluation set finished_at = ? where id = ?", NOW.minus(Duration.ofDays(100)), over));
        assertThat(jdbi.withHandle(handle -> ForgetOld.deliveries(handle, before))
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
        int gone = jdbi.withHandle(handle -> ForgetOld.solvers(handle, NOW.minus(Duration.ofDays(30))));
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
        Instant before = NOW.minus(Duration.ofDays(60));
        assertThat(jdbi.withHandle(handle -> ForgetOld.removed(handle, before)).intValue())
                .isEqualTo(1);
        assertThat(jdbi.withHandle(handle -> ForgetOld.removed(handle, before)).intValue())
                .isZero();
        assertThat(lines("select id::text from removed_evaluation")).hasSize(1);
    }

    private List<String> lines(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
