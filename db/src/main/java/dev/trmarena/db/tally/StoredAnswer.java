package dev.trmarena.db.tally;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One test output of a task as an evaluation that counts has it.
 *
 * @param place of the evaluation among those of its set, from 1, the best first
 * @param ran whether a checkpoint gave the answer, and not another system
 * @param output null when the evaluation has none of the task
 * @param solutionRank from 1; null when no candidate is right, or nobody knows
 */
public record StoredAnswer(
        int place,
        UUID evaluation,
        String model,
        boolean ran,
        @Nullable Integer output,
        @Nullable Integer solutionRank) {}
