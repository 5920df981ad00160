package dev.trmarena.solver.model;

import dev.trmarena.artifacts.checkpoint.HyperParameters;

/**
 * When the rows of a batch halt: after a number of steps, with early halting as soon as {@code q_halt > 0}, with {@code
 * halt_prob_thres} as soon as the probability of halting is as large, or with {@code act_inference} as soon as {@code q_halt >
 * q_continue}. In the last case a row that halted while others did not begins again with the next step, its count too; in the
 * others it leaves. Source: the authors' {@code transformers_baseline.py} and evaluation loop, {@code predict} of lucidrains'
 * {@code trm.py}; {@code docs/models.md}, section 5.
 */
final class Halting {
    /** A run with staggered rows ends after the least common multiple of their periods; far beyond this nobody waits. */
    private static final int LIMIT = 64;

    private final Schedule schedule;
    private final boolean actInference;
    private final float probability;
    private final int[] counts;
    private final boolean[] halted;
    private int passed;

    Halting(int rows, Schedule schedule, HyperParameters hyper) {
        if (hyper.halting() != null && schedule.earlyHalting()) {
            throw new IllegalArgumentException("the checkpoint halts by a rule of its own (" + hyper.halting()
                    + "), so that early halting has no meaning for it");
        }
        this.schedule = schedule;
        this.actInference = hyper.actInference() && schedule.steps() > 1;
        this.probability = (float) hyper.haltProbThres();
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
            if (!halted[b] || actInference) {
                counts[b] = halted[b] ? 1 : counts[b] + 1;
                halted[b] = counts[b] >= schedule.steps()
                        || schedule.earlyHalting() && qHalt[b] > 0
                        || probability > 0 && probability(qHalt[b]) >= probability
                        || actInference && qHalt[b] > qContinue[b];
            }
            all &= halted[b];
        }
        if (!all && passed >= LIMIT * schedule.steps()) {
            throw new IllegalArgumentException("act_inference: after " + passed + " steps the " + counts.length
                    + " rows of the batch have not halted in the same step; run them one by one (batch size 1)");
        }
        return all;
    }

    /** As the authors compute it, in float32. */
    private static float probability(float logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }

    /** Whether rows that halt leave; else they begin again. */
    boolean leave() {
        return schedule.earlyHalting() || probability > 0;
    }

    /** Rows that take the next step, if there is one. */
    int going() {
        int going = counts.length;
        for (boolean row : halted) {
            going -= row && leave() ? 1 : 0;
        }
        return going;
    }

    /** Of each row: the steps behind its answer. */
    int[] steps() {
        return counts.clone();
    }

    /** Rows that begin again with the next step, or have left. */
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
