package dev.trmarena.solver.adapt;

/** The loss of a step is no number any more. Nothing was changed by that step, and none after it can help. */
public final class TrainingDiverged extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int step;

    TrainingDiverged(int step, String what, double value) {
        super("step " + step + ": " + what + " is " + value
                + ", so the training has diverged; use smaller rates (puzzle_emb_lr, lr), or a longer warm-up");
        this.step = step;
    }

    /** From 1. */
    public int step() {
        return step;
    }
}
