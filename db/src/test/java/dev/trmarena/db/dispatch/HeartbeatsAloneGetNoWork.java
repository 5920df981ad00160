package dev.trmarena.db.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whoever says that he is a solver is shown as one; more is given out for those that take something up. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeartbeatsAloneGetNoWork {
    private static final DispatchUnits.Limits LIMITS = new DispatchUnits.Limits(4, 4, 3, 0);

    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits planned = new PlannedUnits(jdbi);
    private final Instant now = Instant.now();

    @Test
    void more_is_given_out_only_for_those_that_took_something_up() {
        planned.evaluation("one", 100, Priority.NORMAL, false);
        for (int solver = 0; solver < 300; solver++) {
            planned.heard("solver-" + solver, null, now);
        }
        List<WorkUnit> first = dispatched();
        assertThat(first).as("for three hundred that never did anything").hasSize(4);

        for (int solver = 0; solver < 3; solver++) {
            planned.takenUp("solver-" + solver, first.get(solver));
        }
        assertThat(dispatched()).as("up to twelve for three").hasSize(8);
        jdbi.useHandle(
                handle -> handle.execute(
                        "update solver set instance = (select instance from solver where name = 'solver-0') where name = 'solver-7'"));
        assertThat(dispatched()).as("a process by another name is no other one").isEmpty();
    }

    @Test
    void and_there_are_only_so_many_that_never_did_anything() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into solver (name, instance, device, started_at, seen_at, leaving, units_solved, examples_solved)
                        select 'made up ' || i, gen_random_uuid(), 'CPU', :now, :now, false, 0, 0
                        from generate_series(1, 1000) i""").bind("now", now).execute());
        assertThatThrownBy(() -> planned.heard("one more", null, now)).isInstanceOf(AnswersNothing.class);
        planned.heard("made up 7", null, now.plusSeconds(1));

        Instant later = now.plus(Duration.ofMinutes(1));
        planned.heard("one more", null, later);
        List<String> names = jdbi.withHandle(handle -> handle.createQuery("select name from solver")
                .mapTo(String.class)
                .list());
        assertThat(names).as("those that fell silent made room").containsExactly("one more");
    }

    private List<WorkUnit> dispatched() {
        jdbi.useTransaction(handle -> DispatchUnits.some(handle, LIMITS, now));
        return planned.given(0, now);
    }
}
