package dev.trmarena.db.canary;

/**
 * The demonstrations of a canary, solved with some settings.
 *
 * @param dtype what the network computed in
 * @param exact so many of them are exactly right
 */
public record CanaryRun(String dtype, int hCycles, int lCycles, int exact) {}
