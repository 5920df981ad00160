package dev.trmarena.leaderboard.compare;

import java.util.List;

/**
 * Tasks of a set that another set has, too, by content.
 *
 * @param set the other set
 * @param taskCount how many
 * @param tasks names of the first of them, in the set that was asked about and in its order; at most 200
 */
public record Overlap(String set, int taskCount, List<String> tasks) {
    public Overlap {
        tasks = List.copyOf(tasks);
    }
}
