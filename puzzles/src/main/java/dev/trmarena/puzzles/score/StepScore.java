package dev.trmarena.puzzles.score;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a checkpoint would score if it stopped after this step.
 *
 * @param step from 1
 * @param metrics by name, 0 to 1
 * @param interval 95 %, of the metric that ranks sets of this kind
 */
public record StepScore(int step, SortedMap<String, Double> metrics, Interval interval) {
    public StepScore {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /** Of the steps from 1 on. */
    static List<StepScore> ofSteps(List<SortedMap<String, Double>> metrics, Interval[] intervals) {
        List<StepScore> scores = new ArrayList<>();
        for (int i = 0; i < intervals.length; i++) {
            scores.add(new StepScore(i + 1, metrics.get(i), intervals[i]));
        }
        return scores;
    }
}
