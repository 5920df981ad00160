package dev.trmarena.db.plan;

import dev.trmarena.db.canary.NewCanary;
import dev.trmarena.puzzles.score.Protocol;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation to be planned.
 *
 * @param priority its share of the solvers
 * @param again whether to run it although the same was run before: as a repeat
 * @param exampleCount examples that the protocol runs
 * @param units in order, apart from each other, together these examples; all but the last have as many
 * @param canary null where nothing is said of one
 * @param notes sentences on how the checkpoint fits the set, where that is not exactly
 */
public record NewEvaluation(
        UUID id,
        UUID puzzleSet,
        String model,
        Protocol protocol,
        Priority priority,
        boolean again,
        int exampleCount,
        List<Unit> units,
        @Nullable NewCanary canary,
        List<String> notes) {
    public NewEvaluation {
        units = List.copyOf(units);
        notes = List.copyOf(notes);
        int next = 0;
        int examples = 0;
        for (Unit unit : units) {
            if (unit.index() < units.size() - 1 && unit.exampleCount() != unitSize(units)) {
                throw new IllegalArgumentException(
                        "unit " + unit + " of evaluation " + id + " must have " + unitSize(units) + " examples");
            }
            if (unit.firstExample() < next || unit.exampleCount() < 1 || unit.span() < unit.exampleCount()) {
                throw new IllegalArgumentException(
                        "unit " + unit + " of evaluation " + id + " must start at example " + next + " or later");
            }
            next = unit.endExample();
            examples += unit.exampleCount();
        }
        if (examples != exampleCount) {
            throw new IllegalArgumentException(
                    "the units of evaluation " + id + " hold " + examples + " examples, not " + exampleCount);
        }
    }

    /** One of which nothing is said of a canary, of a checkpoint that fits the set exactly. */
    public NewEvaluation(
            UUID id,
            UUID puzzleSet,
            String model,
            Protocol protocol,
            Priority priority,
            boolean again,
            int exampleCount,
            List<Unit> units) {
        this(id, puzzleSet, model, protocol, priority, again, exampleCount, units, null, List.of());
    }

    /** Examples of each unit but the last, which has what is left. */
    int unitSize() {
        return unitSize(units);
    }

    private static int unitSize(List<Unit> units) {
        return units.get(0).exampleCount();
    }

    /** Whether there is any example that no unit has, in front of the last one's end. */
    boolean hasGaps() {
        return units.get(units.size() - 1).endExample() != exampleCount;
    }

    /**
     * A run of examples for one solver.
     *
     * @param endExample after the last one
     * @param exampleCount how many of these the protocol runs
     */
    public record Unit(int index, int firstExample, int endExample, int exampleCount) {
        int span() {
            return endExample - firstExample;
        }
    }
}
