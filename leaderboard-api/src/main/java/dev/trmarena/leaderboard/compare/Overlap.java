package dev.trmarena.leaderboard.compare;

import java.util.List;

/**
 * Tasks of a set that another set has, too, by content.
 *
 * @param set the other set
 * @param tasks names in the set that was asked about, in its order
 */
public record Overlap(String set, List<String> tasks) {
    public Overlap {
        tasks = List.copyOf(tasks);
    }
}
