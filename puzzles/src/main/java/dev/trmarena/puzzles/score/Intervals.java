package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How sure the scores of a sheet are: ARC by {@link TaskBootstrap}, since the outputs of a task stand and fall together; exact
 * match by {@link Interval#wilson}, since puzzles are independent.
 */
public final class Intervals {
    private Intervals() {}

    /** @return by the name of the score; scores that are no shares of tasks (mean accuracy of cells) have none */
    public static SortedMap<String, Interval> of(PuzzleSet set, ScoreSheet sheet) {
        PuzzleKind kind = set.manifest().kind();
        return of(kind, kind == PuzzleKind.ARC ? new BitSet() : ExactMatch.counted(set), sheet);
    }

    /** @param counted see {@link ExactMatch#counted}; of ARC all tasks count */
    static SortedMap<String, Interval> of(PuzzleKind kind, BitSet counted, ScoreSheet sheet) {
        if (sheet.metrics().isEmpty()) {
            return new TreeMap<>();
        }
        return kind == PuzzleKind.ARC ? new ArcMetrics(sheet.outputs()).intervals() : exact(counted, sheet);
    }

    private static SortedMap<String, Interval> exact(BitSet counted, ScoreSheet sheet) {
        long trials = sheet.outputs().stream()
                .filter(output -> counted.get(output.task()))
                .count();
        SortedMap<String, Interval> intervals = new TreeMap<>();
        for (String name : List.of("exact_accuracy", "q_halt_accuracy")) {
            Double share = sheet.metrics().get(name);
            if (share != null && trials > 0) {
                intervals.put(name, Interval.wilson(Math.round(share * trials), trials));
            }
        }
        return intervals;
    }
}
