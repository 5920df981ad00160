package dev.trmarena.puzzles.score;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Percentile bootstrap over tasks: scores of 10,000 sets of as many tasks, drawn from the tasks with replacement. Seeded, so
 * that a score has one interval. Source: Efron and Tibshirani, "An Introduction to the Bootstrap", chapter 13.
 */
public final class TaskBootstrap {
    public static final int RESAMPLES = 10_000;
    public static final long SEED = 42;

    private static final double TAIL = 0.025;

    private TaskBootstrap() {}

    /**
     * Intervals of several scores, from the same draws. A score is the sum over the tasks of its numerators divided by that of
     * its denominators; with denominators of 1 it is a mean.
     *
     * @param numerators [score][task], from 0 to the denominator
     * @param denominators [score][task], above 0
     * @return an interval for each score
     */
    public static Interval[] intervals(double[][] numerators, double[][] denominators) {
        int scores = numerators.length;
        int tasks = scores == 0 ? 0 : numerators[0].length;
        if (tasks == 0 || denominators.length != scores) {
            throw new IllegalArgumentException(scores + " scores of " + tasks + " tasks");
        }
        double[] above = byTask(numerators);
        double[] below = byTask(denominators);
        double[][] values = new double[scores][RESAMPLES];
        resample(tasks, (resample, drawn) -> {
            double[] numerator = sums(above, scores, drawn);
            double[] denominator = sums(below, scores, drawn);
            for (int score = 0; score < scores; score++) {
                values[score][resample] = numerator[score] / denominator[score];
            }
        });
        return quantiles(values);
    }

    /**
     * The same of means, for which there is nothing to add up below.
     *
     * @param values [score][task], from 0 to 1
     * @return an interval for each score
     */
    static Interval[] ofMeans(double[][] values) {
        int scores = values.length;
        int tasks = values[0].length;
        double[] ofEach = byTask(values);
        double[][] means = new double[scores][RESAMPLES];
        resample(tasks, (resample, drawn) -> {
            double[] sums = sums(ofEach, scores, drawn);
            for (int score = 0; score < scores; score++) {
                means[score][resample] = sums[score] / tasks;
            }
        });
        return quantiles(means);
    }

    private interface Resample {
        void drawn(int resample, int[] tasks);
    }

    private static void resample(int tasks, Resample each) {
        var random = new SplittableRandom(SEED);
        int[] drawn = new int[tasks];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            for (int i = 0; i < tasks; i++) {
                drawn[i] = random.nextInt(tasks);
            }
            each.drawn(resample, drawn);
        }
    }

    /** The values of a task one behind the other: what is drawn together is read together. */
    private static double[] byTask(double[][] byScore) {
        int scores = byScore.length;
        double[] byTask = new double[scores * byScore[0].length];
        for (int score = 0; score < scores; score++) {
            for (int task = 0; task < byScore[score].length; task++) {
                byTask[task * scores + score] = byScore[score][task];
            }
        }
        return byTask;
    }

    /** Of each score, in the order of the draws. */
    private static double[] sums(double[] byTask, int scores, int[] drawn) {
        double[] sums = new double[scores];
        for (int task : drawn) {
            int at = task * scores;
            for (int score = 0; score < scores; score++) {
                sums[score] += byTask[at + score];
            }
        }
        return sums;
    }

    private static Interval[] quantiles(double[][] values) {
        Interval[] intervals = new Interval[values.length];
        for (int score = 0; score < values.length; score++) {
            Arrays.sort(values[score]);
            intervals[score] = new Interval(quantile(values[score], TAIL), quantile(values[score], 1 - TAIL));
        }
        return intervals;
    }

    /** Between the two nearest values, as NumPy's {@code percentile} takes it. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return Math.min(1, sorted[below] + (place - below) * (sorted[above] - sorted[below]));
    }
}
