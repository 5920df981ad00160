package dev.trmarena.db.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.messages.WorkUnit;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A small evaluation does not wait for the huge one in front of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnitsAreGivenOutInTurn {
    private static final int IN_FLIGHT = 4;

    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits planned = new PlannedUnits(jdbi);
    private final Instant now = Instant.now();

    /** The topic: solvers take its units in their order. */
    private final Deque<WorkUnit> topic = new ArrayDeque<>();

    @Test
    void and_never_more_than_the_solvers_need_next() {
        UUID huge = planned.evaluation("huge", 5000, Priority.NORMAL, false);
        List<WorkUnit> first = planned.given(IN_FLIGHT, now);
        assertThat(first).extracting(WorkUnit::index).containsExactly(0, 1, 2, 3);
        assertThat(first).allSatisfy(unit -> {
            assertThat(unit.evaluation()).isEqualTo(huge);
            assertThat(unit.round()).isEqualTo(1);
            assertThat(unit.replayTasks()).isEqualTo(7);
        });
        assertThat(planned.given(IN_FLIGHT, now)).as("all are in flight").isEmpty();
        planned.solved(first.get(2));
        assertThat(planned.given(IN_FLIGHT, now)).extracting(WorkUnit::index).containsExactly(4);
    }

    @Test
    void so_a_small_evaluation_behind_five_thousand_units_is_through_after_a_few() {
        planned.evaluation("huge", 5000, Priority.NORMAL, false);
        solve(20);
        UUID small = planned.evaluation("small", 3, Priority.NORMAL, false);
        List<WorkUnit> next = solve(12);
        assertThat(next.stream().filter(unit -> unit.evaluation().equals(small)))
                .as("of the next twelve units, four of which were in flight before it came")
                .hasSize(3);
    }

    @Test
    void each_by_its_priority() {
        UUID low = planned.evaluation("low", 100, Priority.LOW, false);
        UUID high = planned.evaluation("high", 100, Priority.HIGH, false);
        List<WorkUnit> next = solve(34);
        assertThat(next).filteredOn(unit -> unit.evaluation().equals(high)).hasSizeBetween(30, 33);
        assertThat(next).filteredOn(unit -> unit.evaluation().equals(low)).hasSizeBetween(1, 4);
    }

    @Test
    void once_though_several_dispatchers_are_at_it() {
        planned.evaluation("one", 40, Priority.NORMAL, false);
        var dispatchers = List.of(1, 2, 3, 4).stream()
                .map(number -> CompletableFuture.supplyAsync(() -> {
                    List<WorkUnit> got = new ArrayList<>();
                    for (int look = 0; look < 10; look++) {
                        got.addAll(planned.given(40, now));
                    }
                    return got;
                }))
                .toList();
        List<Integer> given = dispatchers.stream()
                .flatMap(future -> future.join().stream())
                .map(WorkUnit::index)
                .toList();
        assertThat(given).hasSize(40).doesNotHaveDuplicates();
    }

    /** The next so many units that one solver solves. */
    private List<WorkUnit> solve(int units) {
        List<WorkUnit> solved = new ArrayList<>();
        while (solved.size() < units) {
            topic.addAll(planned.given(IN_FLIGHT, now));
            WorkUnit next = topic.remove();
            planned.solved(next);
            solved.add(next);
        }
        return solved;
    }
}
