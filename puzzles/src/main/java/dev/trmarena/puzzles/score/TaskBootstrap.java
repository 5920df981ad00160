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
        var random = new SplittableRandom(SEED);
        double[][] values = new double[scores][RESAMPLES];
        int[] drawn = new int[tasks];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            for (int i = 0; i < tasks; i++) {
                drawn[i] = random.nextInt(tasks);
            }
            for (int score = 0; score < scores; score++) {
                double above = 0;
                double below = 0;
                for (int task : drawn) {
                    above += numerators[score][task];
                    below += denominators[score][task];
                }
                values[score][resample] = above / below;
            }
        }
        Interval[] intervals = new Interval[scores];
        for (int score = 0; score < scores; score++) {
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
