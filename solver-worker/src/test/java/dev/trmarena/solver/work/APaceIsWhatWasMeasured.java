package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How much a solver takes at a time: what it does in two seconds. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class APaceIsWhatWasMeasured {
    private static final UUID EVALUATION = new UUID(1, 1);

    private final Pace pace = new Pace();

    @Test
    void one_unit_before_anything_was() {
        assertThat(pace.units()).isEqualTo(1);
        assertThat(pace.examples(EVALUATION)).isZero();
        assertThat(pace.isShort(units(1, 1))).isFalse();
    }

    @Test
    void two_seconds_of_it() {
        measured(units(1, 64), 50);
        assertThat(pace.examples(EVALUATION))
                .as("half as many again as in two seconds")
                .isEqualTo(60 * 64);
        assertThat(pace.isShort(units(60, 64))).isTrue();
        assertThat(pace.isShort(units(61, 64))).isFalse();
        assertThat(pace.units()).as("a power of two, at most 40").isEqualTo(32);
    }

    @Test
    void and_of_another_evaluation_nothing_is_known() {
        measured(units(1, 64), 50);
        assertThat(pace.examples(new UUID(1, 2))).isZero();
    }

    @Test
    void a_slow_solver_takes_one() {
        measured(units(1, 64), 50);
        measured(units(4, 64), 60_000);
        assertThat(pace.units()).isEqualTo(1);
        assertThat(pace.isShort(units(1, 64))).isFalse();
    }

    @Test
    void what_changes_a_little_changes_nothing() {
        measured(units(1, 64), 50);
        measured(units(1, 64), 70);
        assertThat(pace.units()).isEqualTo(32);
        measured(units(1, 64), 35);
        assertThat(pace.units()).isEqualTo(32);
        measured(units(1, 64), 100);
        assertThat(pace.units()).as("32 would take longer than a batch may").isEqualTo(16);
    }

    @Test
    void what_a_canary_takes_says_nothing() {
        WorkUnit unit = units(1, 64).get(0);
        var canary = new WorkUnit(
                EVALUATION,
                0,
                Purpose.CANARY,
                1,
                1,
                unit.checkpointManifest(),
                unit.puzzleSetManifest(),
                0,
                64,
                64,
                unit.protocol(),
                0);
        measured(List.of(canary), 50);
        assertThat(pace.units()).isEqualTo(1);
        assertThat(pace.examples(EVALUATION)).isZero();
    }

    @Test
    void what_takes_no_time_has_a_bound() {
        measured(units(1, 64), 0);
        assertThat(pace.units()).isEqualTo(Pace.MOST_UNITS);
        assertThat(pace.examples(EVALUATION)).isPositive();
    }

    private void measured(List<WorkUnit> units, long millis) {
        pace.measured(
                units,
                units.stream()
                        .map(unit -> new UnitSolver.Answer("none", millis / units.size(), List.of()))
                        .toList());
    }

    private static List<WorkUnit> units(int count, int examples) {
        return IntStream.range(0, count)
                .mapToObj(index -> new WorkUnit(
                        EVALUATION,
                        index,
                        Purpose.SCORE,
                        1,
                        1,
                        "ab".repeat(32),
                        "cd".repeat(32),
                        index * examples,
                        (index + 1) * examples,
                        examples,
                        "1-steps.float32",
                        0))
                .toList();
    }
}
