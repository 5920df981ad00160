package dev.trmarena.db.tally;

/**
 * How many evaluations of a set count, one a model, and how many tasks so many of them solved.
 *
 * @param evaluations at least 1
 * @param nobody tasks that none of them solved
 * @param one tasks that one of them solved
 * @param everybody tasks that all of them solved
 */
public record Tally(int evaluations, int nobody, int one, int everybody) {}
