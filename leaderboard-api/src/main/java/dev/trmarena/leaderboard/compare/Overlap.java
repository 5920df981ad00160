package dev.trmarena.leaderboard.compare;

import java.util.List;

/**
 * Tasks of a set that another set has, too, by content.
 *
 * @param set the other set
 * @param counted false while their tasks are still to be compared, a little after one of them was imported
 * @param taskCount how many, at least one; 0 while that is not counted
 * @param tasks names of the first of them, in the set that was asked about and in its order; at most 200
 */
public record Overlap(String set, boolean counted, int taskCount, List<String> tasks) {
    public Overlap {
        tasks = List.copyOf(tasks);
    }
}
