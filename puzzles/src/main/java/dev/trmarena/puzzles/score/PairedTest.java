package dev.trmarena.puzzles.score;

import java.util.BitSet;

/**
 * McNemar's exact test between two evaluations of one puzzle set: of the tasks that only one of them solves, is either side
 * more often ahead than a fair coin would be? Source: McNemar (1947), in its exact binomial form.
 *
 * @param onlyFirst tasks that only the first solves, a bit each
 * @param onlySecond tasks that only the second solves, likewise
 * @param pValue two-sided
 */
public record PairedTest(BitSet onlyFirst, BitSet onlySecond, double pValue) {
    /** @throws IllegalArgumentException when they are about different tasks */
    public static PairedTest between(SolvedTasks first, SolvedTasks second) {
        BitSet onlyFirst = first.without(second);
        BitSet onlySecond = second.without(first);
        return new PairedTest(onlyFirst, onlySecond, pValue(onlyFirst.cardinality(), onlySecond.cardinality()));
    }

    /** As {@link #between}, without the tasks. */
    static double pValueBetween(SolvedTasks first, SolvedTasks second) {
        return pValue(first.without(second).cardinality(), second.without(first).cardinality());
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
