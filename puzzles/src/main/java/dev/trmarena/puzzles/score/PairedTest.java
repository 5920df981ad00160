package dev.trmarena.puzzles.score;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * McNemar's exact test between two evaluations of one puzzle set: of the tasks that only one of them solves, is either side
 * more often ahead than a fair coin would be? Source: McNemar (1947), in its exact binomial form.
 *
 * @param onlyFirst tasks that only the first solves
 * @param onlySecond tasks that only the second solves
 * @param pValue two-sided
 */
public record PairedTest(List<Integer> onlyFirst, List<Integer> onlySecond, double pValue) {
    public PairedTest {
        onlyFirst = List.copyOf(onlyFirst);
        onlySecond = List.copyOf(onlySecond);
    }

    /**
     * @param attempts within which a task counts as solved when every output of it is right
     * @throws IllegalArgumentException when the sheets are about different tasks
     */
    public static PairedTest between(ScoreSheet first, ScoreSheet second, int attempts) {
        SortedMap<Integer, Boolean> a = solved(first, attempts);
        SortedMap<Integer, Boolean> b = solved(second, attempts);
        if (!a.keySet().equals(b.keySet())) {
            throw new IllegalArgumentException("the evaluations answered different tasks (" + a.size() + " and "
                    + b.size() + "); compare evaluations of one puzzle set");
        }
        List<Integer> onlyFirst = new ArrayList<>();
        List<Integer> onlySecond = new ArrayList<>();
        a.forEach((task, right) -> {
            if (!right.equals(b.get(task))) {
                (right ? onlyFirst : onlySecond).add(task);
            }
        });
        return new PairedTest(onlyFirst, onlySecond, pValue(onlyFirst.size(), onlySecond.size()));
    }

    private static SortedMap<Integer, Boolean> solved(ScoreSheet sheet, int attempts) {
        SortedMap<Integer, Boolean> solved = new TreeMap<>();
        for (OutputResult output : sheet.outputs()) {
            solved.merge(output.task(), output.solvedWithin(attempts), Boolean::logicalAnd);
        }
        return solved;
    }

    /** Twice the chance of at most the smaller count among as many coin tosses, 1 at most; summed as logarithms. */
    public static double pValue(int onlyFirst, int onlySecond) {
        int tosses = onlyFirst + onlySecond;
        int fewer = Math.min(onlyFirst, onlySecond);
        // ln of (n choose k) / 2ⁿ, from k = 0 on
        double term = -tosses * Math.log(2);
        double sum = term;
        for (int k = 1; k <= fewer; k++) {
            term += Math.log(tosses - k + 1.0) - Math.log(k);
            double larger = Math.max(sum, term);
            sum = larger + Math.log1p(Math.exp(Math.min(sum, term) - larger));
        }
        return Math.min(1, Math.exp(sum + Math.log(2)));
    }
}
