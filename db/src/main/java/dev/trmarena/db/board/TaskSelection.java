package dev.trmarena.db.board;

import dev.trmarena.puzzles.set.TaskVerdict;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a finished evaluation, and in which order.
 *
 * @param right whether only those whose test outputs are all solved within the attempts, or only the others; null for both
 * @param verdict the only one wanted; null for all
 * @param descending whether the greatest come first
 * @param byName of a set of kind ARC that is ordered by name, the place of each task in that order; else empty
 */
public record TaskSelection(
        @Nullable Boolean right, @Nullable TaskVerdict verdict, TaskSort sort, boolean descending, int[] byName) {}
