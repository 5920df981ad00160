package dev.trmarena.db.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.db.Outbox;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Outcome.NotReplayed.End;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AReplayThatIsAskedForIsGivenOut {
    private final Jdbi jdbi = TestPostgres.migrated();
    private final UUID evaluation = new PlannedUnits(jdbi).evaluation("over", 20, Priority.NORMAL, false);
    private static final DispatchReplays.Limits LIMITS = new DispatchReplays.Limits(4, 3, Duration.ofMinutes(10));
    private Instant now = Instant.now();

    @BeforeEach
    void its_units_were_given_out() {
        jdbi.useHandle(handle -> MakeUnits.untilSoManyWait(handle, evaluation, 20));
    }

    @Test
    void as_a_unit_of_its_one_example_and_once() {
        ask(7);
        ask(7);
        List<WorkUnit> given = given();
        assertThat(given).hasSize(1);
        WorkUnit unit = given.get(0);
        assertThat(unit.evaluation()).isEqualTo(evaluation);
        assertThat(unit.index()).isEqualTo(7);
        assertThat(List.of(unit.firstExample(), unit.endExample(), unit.exampleCount()))
                .containsExactly(7, 8, 1);
        assertThat(unit.purpose()).isEqualTo(Purpose.REPLAY);
        assertThat(given()).isEmpty();
        ask(7);
        assertThat(given()).as("it is waited for already").isEmpty();
    }

    @Test
    void a_few_at_a_time_whoever_dispatches() {
        for (int example = 0; example < 10; example++) {
            ask(example);
        }
        var dispatchers = List.of(1, 2, 3).stream()
                .map(number -> CompletableFuture.supplyAsync(
                        () -> jdbi.inTransaction(handle -> DispatchReplays.some(handle, LIMITS, now))))
                .toList();
        dispatchers.forEach(CompletableFuture::join);
        List<WorkUnit> sent = sent();
        assertThat(sent).extracting(WorkUnit::index).doesNotHaveDuplicates();
        assertThat(sent.size()).as("two at once may each see the free places").isBetween(4, 10);
        assertThat(given()).isEmpty();
    }

    @Test
    void again_when_nobody_answers_and_in_the_end_it_says_so() {
        ask(3);
        for (int time = 0; time < 3; time++) {
            assertThat(given()).as("time %s", time).hasSize(1);
            now = now.plus(Duration.ofMinutes(9));
            assertThat(given()).isEmpty();
            now = now.plus(Duration.ofMinutes(2));
        }
        assertThat(given()).isEmpty();
        assertThat(failure(3)).contains("no solver has answered");
        ask(3);
        assertThat(given()).as("it was asked for anew").hasSize(1);
    }

    @Test
    void what_no_solver_can_is_said_of_those_that_were_given_out() {
        ask(3);
        assertThatThrownBy(() -> record(3, 1, End.IMPOSSIBLE, "too early"))
                .isInstanceOf(AnswersNothing.class)
                .hasMessageContaining("given out 0 times");
        assertThat(failure(3)).as("still with the dispatcher").isNull();
        given();
        record(4, 1, End.IMPOSSIBLE, "of another example");
        assertThat(failure(3)).isNull();
        record(3, 1, End.IMPOSSIBLE, "not\0so");
        assertThat(failure(3)).isEqualTo("not?so");
    }

    @Test
    void again_at_once_when_a_solver_could_not_until_it_came_to_nothing_three_times() {
        ask(3);
        for (int handout = 1; handout <= 12; handout++) {
            assertThat(given()).singleElement().extracting(WorkUnit::handout).isEqualTo(handout);
            record(3, handout, End.HANDED_BACK, "asked to stop");
        }
        for (int handout = 13; handout <= 15; handout++) {
            assertThat(given()).singleElement().extracting(WorkUnit::handout).isEqualTo(handout);
            record(3, handout - 1, End.WENT_WRONG, "told late of the one before");
            assertThat(given()).as("it is being solved").isEmpty();
            record(3, handout, End.WENT_WRONG, "no space left");
        }
        assertThat(given()).isEmpty();
        assertThat(failure(3)).contains("3 times").contains("no space left");
    }

    private void record(int example, int handout, End end, String reason) {
        var nothing = new Outcome.NotReplayed(evaluation, example, example, "s", handout, end, reason);
        jdbi.useHandle(handle -> ReplayRequests.record(handle, nothing));
    }

    private void ask(int example) {
        jdbi.useHandle(handle -> ReplayRequests.add(handle, evaluation, example));
    }

    private @Nullable String failure(int example) {
        return jdbi.withHandle(handle -> ReplayRequests.of(handle, evaluation, List.of(example)))
                .orElseThrow()
                .failure();
    }

    private List<WorkUnit> given() {
        jdbi.useTransaction(handle -> DispatchReplays.some(handle, LIMITS, now));
        return sent();
    }

    private List<WorkUnit> sent() {
        return jdbi.inTransaction(handle -> {
            var waiting = Outbox.hold(handle, 1000);
            Outbox.delete(handle, waiting);
            List<WorkUnit> units = new ArrayList<>();
            waiting.forEach(each -> units.add(Json.read(each.message().payload(), WorkUnit.class)));
            return units;
        });
    }
}
