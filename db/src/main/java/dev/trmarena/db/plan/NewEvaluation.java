package dev.trmarena.db.plan;

import java.util.List;
import java.util.UUID;

/**
 * An evaluation to be planned.
 *
 * @param steps improvement steps, exactly
 * @param units in order, without gaps, together all examples of the set
 */
public record NewEvaluation(UUID id, UUID puzzleSet, String model, int steps, int exampleCount, List<Unit> units) {
    public NewEvaluation {
        units = List.copyOf(units);
        int next = 0;
        for (Unit unit : units) {
            if (unit.firstExample() != next || unit.exampleCount() < 1) {
                throw new IllegalArgumentException(
                        "unit " + unit + " of evaluation " + id + " must start at example " + next);
            }
            next += unit.exampleCount();
        }
        if (next != exampleCount) {
            throw new IllegalArgumentException(
                    "the units of evaluation " + id + " hold " + next + " examples, not " + exampleCount);
        }
    }

    /**
     * A run of examples for one solver.
     *
     * @param message what the solvers are sent, once the evaluation is committed
     */
    public record Unit(int index, int firstExample, int exampleCount, OutboxMessage message) {}
}
