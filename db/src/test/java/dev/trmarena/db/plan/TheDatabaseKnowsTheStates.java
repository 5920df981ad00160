package dev.trmarena.db.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.db.EndedEarly;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.dispatch.PlannedUnits;
import dev.trmarena.messages.EvaluationState;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the tables say of a state is what {@link EvaluationState} says, and a solver lives by one rule. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheDatabaseKnowsTheStates {
    private final Jdbi jdbi = TestPostgres.migrated();
    private final UUID evaluation = new PlannedUnits(jdbi).evaluation("one", 1, Priority.NORMAL, false);

    @ParameterizedTest
    @EnumSource
    void and_what_is_over_or_working(EvaluationState state) {
        assertThat(become(state.key(), state.isOver()))
                .containsEntry("is_over", state.isOver())
                .containsEntry("is_working", state.isWorking())
                .containsEntry("ended_early", state.endedEarly());
    }

    @Test
    void and_no_others() {
        assertThatThrownBy(() -> become("forgotten", false)).hasMessageContaining("evaluation_state_check");
    }

    private Map<String, Object> become(String state, boolean over) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update evaluation e set state = :state, finished_at = case when :over then now() end,
                               failure = case when :state = 'failed' then 'why' end,
                               failure_kind = case when :state = 'failed' then 'store' end
                        where id = :id returning is_over, is_working, %s as ended_early""".formatted(EndedEarly.SQL))
                .bind("state", state)
                .bind("over", over)
                .bind("id", evaluation)
                .mapToMap()
                .one());
    }

    @Test
    void and_which_solver_lives() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(lives(now.minusSeconds(9), false, now)).isTrue();
        assertThat(lives(now.minusSeconds(11), false, now)).isFalse();
        assertThat(lives(now, true, now)).as("it said that it leaves").isFalse();
    }

    private boolean lives(Instant seen, boolean leaving, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select lives(s, :now) from jsonb_populate_record(
                          null::solver, jsonb_build_object('seen_at', cast(:seen as timestamptz), 'leaving', :leaving)) s""")
                .bind("now", now)
                .bind("seen", seen)
                .bind("leaving", leaving)
                .mapTo(Boolean.class)
                .one());
    }
}
