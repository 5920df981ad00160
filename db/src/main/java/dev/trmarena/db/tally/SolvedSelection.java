package dev.trmarena.db.tally;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a set that was counted, and in which order.
 *
 * @param among the only ones wanted, by their numbers; null for all
 * @param solved by so many evaluations; null for any number
 * @param bySolved whether those that the fewest solved come first, equal ones in the order of their numbers; else the numbers alone
 * @param descending the whole order turned round
 */
public record SolvedSelection(
        @Nullable List<Integer> among, @Nullable Integer solved, boolean bySolved, boolean descending) {}
