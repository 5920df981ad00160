package dev.trmarena.solver.model;

/**
 * When the rows of a batch halt: after a number of steps, or with {@code act_inference} as soon as {@code q_halt > q_continue}.
 * A row that halted while others did not begins again with the next step, its count too. Source: the authors' {@code
 * transformers_baseline.py} and evaluation loop.
 */
final class Halting {
    /** A run with staggered rows ends after the least common multiple of their periods; far beyond this nobody waits. */
    private static final int LIMIT = 64;

    private final int steps;
    private final boolean early;
    private final int[] counts;
    private final boolean[] halted;
    private int passed;

    Halting(int rows, int steps, boolean actInference) {
        if (steps < 1) {
            throw new IllegalArgumentException("the number of steps is " + steps + ", it must be from 1");
        }
        this.steps = steps;
        this.early = actInference && steps > 1;
        this.counts = new int[rows];
        this.halted = new boolean[rows];
    }

    /**
     * Counts a step.
     *
     * @return whether the run ends
     */
    boolean after(float[] qHalt, float[] qContinue) {
        boolean all = true;
        passed++;
        for (int b = 0; b < counts.length; b++) {
            counts[b] = halted[b] ? 1 : counts[b] + 1;
            halted[b] = counts[b] >= steps || early && qHalt[b] > qContinue[b];
            all &= halted[b];
        }
        if (!all && passed >= LIMIT * steps) {
            throw new IllegalArgumentException("act_inference: after " + passed + " steps the " + counts.length
                    + " rows of the batch have not halted in the same step; run them one by one (batch size 1)");
        }
        return all;
    }

    /** Rows that begin again with the next step. */
    boolean[] halted() {
        return halted.clone();
    }

    boolean any() {
        for (boolean row : halted) {
            if (row) {
                return true;
            }
        }
        return false;
    }
}
