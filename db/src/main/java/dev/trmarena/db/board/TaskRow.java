package dev.trmarena.db.board;

import dev.trmarena.puzzles.set.TaskVerdict;
import org.jspecify.annotations.Nullable;

/**
 * How a task went.
 *
 * @param solved test outputs that were solved within the attempts of the kind
 * @param verdict means nothing where the solutions are hidden
 * @param solutionRank rank of the solution, from 1, of the test output where it is worst; null when one has no right candidate
 * @param wrongCells of the first attempt at the first test output; null when its size is wrong or there is none
 * @param rightCells share of right cells of the first attempts at all test outputs; null when the size of one is wrong
 * @param votes for the first candidate, of the test output where it has least; 0 without a candidate
 * @param meanHalt of the first candidate, of the test output where it is least, 0 to 1; 0 without a candidate
 */
public record TaskRow(
        int task,
        int outputs,
        int solved,
        TaskVerdict verdict,
        @Nullable Integer solutionRank,
        @Nullable Integer wrongCells,
        @Nullable Double rightCells,
        int votes,
        double meanHalt) {}
