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
 * @param units in order, apart from each other, together these examples; all but the last have as many, unless the protocol adapts rows,
 *     whose examples stay together
 * @param solverSetDigest SHA-256 of the manifest of a copy of the set that solvers are given, which the set needs; null for the set itself
 * @param leg of an evaluation that adapts all weights, the training steps that a solver does at a time; null for others
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
        @Nullable String solverSetDigest,
        @Nullable Integer leg,
        @Nullable NewCanary canary,
        List<String> notes) {
    public NewEvaluation {
        units = List.copyOf(units);
        notes = List.copyOf(notes);
        int next = 0;
        int examples = 0;
        for (Unit unit : units) {
            if (protocol.adaptation() == null
                    && unit.index() < units.size() - 1
                    && unit.exampleCount() != units.get(0).exampleCount()) {
                throw new IllegalArgumentException("unit " + unit + " of evaluation " + id + " must have "
                        + units.get(0).exampleCount() + " examples");
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
        this(id, puzzleSet, model, protocol, priority, again, exampleCount, units, null, null, null, List.of());
    }

    /** Examples of each unit but the last, which has what is left, unless they have {@link #ownSizes}. */
    int unitSize() {
        return units.get(0).exampleCount();
    }

    /** Whether units differ in their number of examples, other than by a last one that has what is left. */
    boolean ownSizes() {
        return units.stream()
                .anyMatch(unit -> unit.index() < units.size() - 1
                        ? unit.exampleCount() != unitSize()
                        : unit.exampleCount() > unitSize());
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
