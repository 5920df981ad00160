package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.BitSet;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Scores of finished evaluations over a part of the tasks of their set, by the definitions of the whole. Of exact match only
 * {@code exact_accuracy} follows from what is kept of each output; {@code accuracy} and {@code q_halt_accuracy} would need the
 * grids and halt scores again, and are left out. Safe for threads.
 */
public final class SubsetScoring {
    private final Scoring scoring;
    private final BitSet leftOut;
    private final int attempts;

    /** @param leftOut tasks that do not count, not all of them */
    public SubsetScoring(PuzzleSet set, BitSet leftOut) {
        this.leftOut = (BitSet) leftOut.clone();
        if (this.leftOut.length() > set.taskCount() || this.leftOut.cardinality() >= set.taskCount()) {
            throw new IllegalArgumentException(
                    this.leftOut.cardinality() + " tasks left out of " + set.taskCount() + ", none would remain");
        }
        this.scoring = Scoring.of(set);
        this.attempts = set.manifest().kind().attempts();
    }

    /** Begins with an evaluation on this set. The first time this takes a while. */
    public OfOne begin() {
        return new OfOne(scoring.part());
    }

    /** Of one evaluation, whose test outputs come one after the other, in the order of the tasks. One thread at a time. */
    public final class OfOne {
        private final PartialScore part;
        private final SolvedTasks solved = new SolvedTasks();

        private OfOne(PartialScore part) {
            this.part = part;
        }

        /**
         * One more test output of the evaluation, whether its task counts or not. Next to nothing is done.
         *
         * @param solutionRank from 1; null when no candidate is right
         */
        public void add(int task, @Nullable Integer solutionRank) {
            if (!leftOut.get(task)) {
                part.add(task, solutionRank);
                solved.add(task, solutionRank != null && solutionRank <= attempts);
            }
        }

        /** By name; empty when nothing came, or the solutions are hidden. */
        public SortedMap<String, Double> metrics() {
            return part.metrics();
        }

        /** By name, of those scores that have one. Takes a while. */
        public SortedMap<String, Interval> intervals() {
            return part.intervals();
        }

        /** Of the tasks that count. */
        public SolvedTasks solved() {
            return solved;
        }
    }
}
