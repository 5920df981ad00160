package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scores of ARC and how sure they are, from nothing but how each test output was answered. Whichever tasks these outputs
 * belong to are all that is scored. They are defined in {@code docs/scoring.md}, section 4.
 */
final class ArcMetrics {
    static final int ATTEMPTS = 2;

    private final List<OutputResult> results;
    /** For each result, the place of its task among those there are. */
    private final int[] places;
    /** Test outputs of each task. */
    private final double[] outputs;

    /** @param results ascending by task, at least one */
    ArcMetrics(List<OutputResult> results) {
        this.results = results;
        this.places = new int[results.size()];
        int tasks = 0;
        double[] counts = new double[results.size()];
        for (int i = 0; i < places.length; i++) {
            tasks += i == 0 || results.get(i).task() != results.get(i - 1).task() ? 1 : 0;
            places[i] = tasks - 1;
            counts[tasks - 1]++;
        }
        this.outputs = Arrays.copyOf(counts, tasks);
    }

    SortedMap<String, Double> values() {
        SortedMap<String, Double> values = new TreeMap<>();
        for (Metric pass : Metric.passes()) {
            values.put(pass.key(), mean(shares(solved(pass.candidates().orElseThrow()))));
        }
        double[] solved = solved(ATTEMPTS);
        values.put(Metric.ARC_PRIZE.key(), mean(shares(solved)));
        values.put(Metric.KAGGLE.key(), Arrays.stream(solved).sum() / results.size());
        values.put(Metric.STRICT.key(), mean(whole(solved)));
        return values;
    }

    SortedMap<String, Interval> intervals() {
        double[] one = new double[outputs.length];
        Arrays.fill(one, 1);
        List<Metric> scores = new ArrayList<>();
        List<double[]> above = new ArrayList<>();
        List<double[]> below = new ArrayList<>();
        for (Metric pass : Metric.passes()) {
            scores.add(pass);
            above.add(shares(solved(pass.candidates().orElseThrow())));
            below.add(one);
        }
        double[] solved = solved(ATTEMPTS);
        scores.addAll(List.of(Metric.ARC_PRIZE, Metric.KAGGLE, Metric.STRICT));
        above.addAll(List.of(shares(solved), solved, whole(solved)));
        below.addAll(List.of(one, outputs, one));
        Interval[] found = TaskBootstrap.intervals(above.toArray(double[][]::new), below.toArray(double[][]::new));
        SortedMap<String, Interval> intervals = new TreeMap<>();
        for (int i = 0; i < found.length; i++) {
            intervals.put(scores.get(i).key(), found[i]);
        }
        return intervals;
    }

    /** Solved outputs of each task. */
    private double[] solved(int attempts) {
        double[] solved = new double[outputs.length];
        for (int i = 0; i < places.length; i++) {
            solved[places[i]] += results.get(i).solvedWithin(attempts) ? 1 : 0;
        }
        return solved;
    }

    private double[] shares(double[] solved) {
        double[] shares = new double[solved.length];
        Arrays.setAll(shares, task -> solved[task] / outputs[task]);
        return shares;
    }

    /** 1 for each task whose outputs are all solved. */
    private double[] whole(double[] solved) {
        double[] whole = new double[solved.length];
        Arrays.setAll(whole, task -> solved[task] == outputs[task] ? 1 : 0);
        return whole;
    }

    /** Summed in the order of the tasks, as the authors do; a stream would sum otherwise and differ in the last digit. */
    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
