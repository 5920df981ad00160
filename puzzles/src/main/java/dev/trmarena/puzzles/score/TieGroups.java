package dev.trmarena.puzzles.score;

import java.util.List;

/**
 * Which neighbours of a ranked list are as good as tied. The best leads a group; each next one joins it as long as it does not
 * differ significantly from the leader, and leads a new group otherwise.
 */
public final class TieGroups {
    /** A difference counts below this. */
    public static final double ALPHA = 0.05;

    private TieGroups() {}

    /**
     * @param ranked best first, all of one puzzle set
     * @return the number of each one's group, from 1, ascending
     */
    public static int[] of(List<SolvedTasks> ranked) {
        int[] groups = new int[ranked.size()];
        int leader = 0;
        for (int i = 0; i < groups.length; i++) {
            boolean differs = i > 0 && PairedTest.pValueBetween(ranked.get(leader), ranked.get(i)) < ALPHA;
            leader = differs ? i : leader;
            groups[i] = i == 0 ? 1 : groups[i - 1] + (differs ? 1 : 0);
        }
        return groups;
    }
}
