package dev.trmarena.puzzles.score;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Scores of some of the tasks of a set, from the test outputs as they come: none of them is held. Only scores that follow from
 * who was right are there, and without any output there are none.
 */
interface PartialScore {
    /** Where the solutions are hidden. */
    PartialScore NONE = new PartialScore() {
        @Override
        public void add(int task, @Nullable Integer solutionRank) {}

        @Override
        public SortedMap<String, Double> metrics() {
            return new TreeMap<>();
        }

        @Override
        public SortedMap<String, Interval> intervals() {
            return new TreeMap<>();
        }
    };

    /**
     * @param task not before those that came before; all of its test outputs come
     * @param solutionRank from 1; null when no candidate is right
     */
    void add(int task, @Nullable Integer solutionRank);

    /** By name. */
    SortedMap<String, Double> metrics();

    /** By name, of those scores that have one. Takes a while. */
    SortedMap<String, Interval> intervals();
}
