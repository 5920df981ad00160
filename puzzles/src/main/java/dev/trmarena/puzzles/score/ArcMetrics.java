package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The scores of ARC and how sure they are, from nothing but how each test output was answered. Whichever tasks these outputs
 * belong to are all that is scored. They are defined in {@code docs/scoring.md}, section 4. Of each task some numbers are held,
 * however many test outputs it has.
 */
final class ArcMetrics implements PartialScore {
    static final int ATTEMPTS = 2;

    /** So many candidates are looked at by one score or another, ascending. */
    private static final int[] WITHIN = IntStream.concat(
                    IntStream.of(ATTEMPTS),
                    Metric.passes().stream().mapToInt(pass -> pass.candidates().orElseThrow()))
            .distinct()
            .sorted()
            .toArray();

    /** Of each task, by its place among those there are, solved outputs within each of {@link #WITHIN}. */
    private final int[][] solved = new int[WITHIN.length][16];
    /** Test outputs of each task, likewise. */
    private int[] outputs = new int[16];

    private int tasks;
    private int lastTask;
    private int results;

    /** @param results ascending by task */
    static ArcMetrics of(List<OutputResult> results) {
        var metrics = new ArcMetrics();
        results.forEach(result -> metrics.add(result.task(), result.solutionRank()));
        return metrics;
    }

    /** A rank as closely as any score looks at it, in a byte. */
    static byte packed(@Nullable Integer solutionRank) {
        byte at = 0;
        while (at < WITHIN.length && (solutionRank == null || solutionRank > WITHIN[at])) {
            at++;
        }
        return at;
    }

    /** @param packed from {@link #packed} @return a rank that scores as the one that was packed; null when none does */
    static @Nullable Integer unpacked(byte packed) {
        return packed == WITHIN.length ? null : Integer.valueOf(WITHIN[packed]);
    }

    @Override
    public void add(int task, @Nullable Integer solutionRank) {
        if (tasks == 0 || task != lastTask) {
            lastTask = task;
            tasks++;
            makeRoom();
        }
        results++;
        outputs[tasks - 1]++;
        for (int i = 0; i < WITHIN.length; i++) {
            solved[i][tasks - 1] += solutionRank != null && solutionRank <= WITHIN[i] ? 1 : 0;
        }
    }

    private void makeRoom() {
        if (tasks > outputs.length) {
            outputs = Arrays.copyOf(outputs, 2 * outputs.length);
            Arrays.setAll(solved, i -> Arrays.copyOf(solved[i], outputs.length));
        }
    }

    @Override
    public SortedMap<String, Double> metrics() {
        if (results == 0) {
            return new TreeMap<>();
        }
        SortedMap<String, Double> values = new TreeMap<>();
        for (Metric pass : Metric.passes()) {
            values.put(pass.key(), mean(shares(solved(pass.candidates().orElseThrow()))));
        }
        double[] solved = solved(ATTEMPTS);
        values.put(Metric.ARC_PRIZE.key(), mean(shares(solved)));
        values.put(Metric.KAGGLE.key(), Arrays.stream(solved).sum() / results);
        values.put(Metric.STRICT.key(), mean(whole(solved)));
        return values;
    }

    @Override
    public SortedMap<String, Interval> intervals() {
        if (results == 0) {
            return new TreeMap<>();
        }
        double[] one = new double[tasks];
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
        below.addAll(List.of(one, numbers(outputs), one));
        Interval[] found = TaskBootstrap.intervals(above.toArray(double[][]::new), below.toArray(double[][]::new));
        SortedMap<String, Interval> intervals = new TreeMap<>();
        for (int i = 0; i < found.length; i++) {
            intervals.put(scores.get(i).key(), found[i]);
        }
        return intervals;
    }

    /** Of each task the share of its test outputs that are solved with the attempts that there are. */
    double[] sharesOfAttempts() {
        return shares(solved(ATTEMPTS));
    }

    /** Solved outputs of each task. */
    private double[] solved(int attempts) {
        return numbers(solved[Arrays.stream(WITHIN).boxed().toList().indexOf(attempts)]);
    }

    private double[] numbers(int[] ofEach) {
        return Arrays.stream(ofEach, 0, tasks).asDoubleStream().toArray();
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
