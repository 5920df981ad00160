package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Scores of finished evaluations over a part of the tasks of their set, by the definitions of the whole. Of exact match only
 * {@code exact_accuracy} follows from what is kept of each output; {@code accuracy} and {@code q_halt_accuracy} would need the
 * grids and halt scores again, and are left out. Safe for threads.
 */
public final class SubsetScoring {
    private final Scoring scoring;
    private final BitSet leftOut;

    /** @param leftOut tasks that do not count, not all of them */
    public SubsetScoring(PuzzleSet set, BitSet leftOut) {
        this.leftOut = (BitSet) leftOut.clone();
        if (this.leftOut.length() > set.taskCount() || this.leftOut.cardinality() >= set.taskCount()) {
            throw new IllegalArgumentException(
                    this.leftOut.cardinality() + " tasks left out of " + set.taskCount() + ", none would remain");
        }
        this.scoring = Scoring.of(set);
    }

    /** @param whole of an evaluation on this set; its metrics are not looked at */
    public ScoreSheet of(ScoreSheet whole) {
        List<OutputResult> kept = whole.outputs().stream()
                .filter(output -> !leftOut.get(output.task()))
                .toList();
        return new ScoreSheet(kept.isEmpty() ? new TreeMap<>() : scoring.ofAPart(kept), kept);
    }

    /** @param part a result of {@link #of} */
    public SortedMap<String, Interval> intervals(ScoreSheet part) {
        return scoring.intervals(part);
    }
}
