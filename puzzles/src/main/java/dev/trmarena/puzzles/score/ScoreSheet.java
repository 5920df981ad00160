package dev.trmarena.puzzles.score;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything an evaluation ends with: metrics by name, from 0 to 1, and a row for each test output. */
public record ScoreSheet(SortedMap<String, Double> metrics, List<OutputResult> outputs) {
    public ScoreSheet {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        // Those of a set of puzzles are packed, and nobody else has them.
        outputs = outputs instanceof AnsweredPuzzles ? outputs : List.copyOf(outputs);
    }
}
