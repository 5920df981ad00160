package dev.trmarena.puzzles.score;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an evaluation comes to that ended early, with its denominators: a score of a part says nothing of the whole without them.
 *
 * @param answered tasks of which every example was answered that the protocol runs
 * @param tasks of the set
 * @param sheet over the answered tasks alone; without scores that count tasks when none was answered. {@code exact_accuracy}, {@code
 *     accuracy} and {@code q_halt_accuracy} of ARC are over the answered examples
 * @param atLeast by name: what each score is of the whole set, whatever the missing answers would have been
 */
public record PartialSheet(int answered, int tasks, ScoreSheet sheet, SortedMap<String, Double> atLeast) {
    public PartialSheet {
        atLeast = Collections.unmodifiableSortedMap(new TreeMap<>(atLeast));
    }
}
