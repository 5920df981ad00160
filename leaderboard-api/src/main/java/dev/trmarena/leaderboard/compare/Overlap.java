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
    /** More than anybody reads, and no more than a page can show. */
    static final int MOST_NAMES = 200;

    public Overlap {
        tasks = List.copyOf(tasks);
    }

    /** Bytes of memory that it takes, about. */
    int bytes() {
        return 300
                + tasks.stream()
                        .mapToInt(name -> 60 + Character.BYTES * name.length())
                        .sum();
    }
}
