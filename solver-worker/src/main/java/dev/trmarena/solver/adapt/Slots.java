package dev.trmarena.solver.adapt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The examples that are at work, one a slot, each until it halts: the part of the authors' carry that is no state of the network. */
final class Slots {
    private final int[][] inputs;
    private final int[][] labels;
    private final int[] identifiers;
    private final int[] steps;
    private final boolean[] halted;

    /** All have halted. @param length L */
    Slots(int count, int length) {
        inputs = new int[count][length];
        labels = new int[count][length];
        identifiers = new int[count];
        steps = new int[count];
        halted = new boolean[count];
        Arrays.fill(halted, true);
    }

    /** What was kept of them. @param halted 1 where a slot has */
    Slots(int[][] inputs, int[][] labels, int[] identifiers, int[] steps, int[] halted) {
        this.inputs = inputs;
        this.labels = labels;
        this.identifiers = identifiers;
        this.steps = steps;
        this.halted = new boolean[halted.length];
        for (int b = 0; b < halted.length; b++) {
            this.halted[b] = halted[b] == 1;
        }
    }

    int count() {
        return identifiers.length;
    }

    /**
     * Slots that halted take theirs.
     *
     * @return which did
     */
    boolean[] take(Batch batch) {
        if (batch.inputs().length != count()) {
            throw new IllegalArgumentException("a batch of " + batch.inputs().length + " examples; there are " + count()
                    + " slots, as many as examples in the first batch");
        }
        boolean[] began = halted.clone();
        for (int b = 0; b < began.length; b++) {
            if (began[b]) {
                inputs[b] = batch.inputs()[b].clone();
                labels[b] = batch.labels()[b].clone();
                identifiers[b] = batch.identifiers()[b];
                steps[b] = 0;
                halted[b] = false;
            }
        }
        return began;
    }

    /** Slots whose next step is this one. */
    boolean[] atStep(int step) {
        boolean[] at = new boolean[count()];
        for (int b = 0; b < at.length; b++) {
            at[b] = steps[b] + 1 >= step;
        }
        return at;
    }

    /**
     * Counts a step, and decides which slots halt.
     *
     * @param qContinue null where the halt logit is compared with 0
     * @param most steps of an example
     * @param leasts steps that a slot has to take
     */
    void halt(float[] qHalt, float @Nullable [] qContinue, int most, int[] leasts) {
        for (int b = 0; b < halted.length; b++) {
            steps[b]++;
            boolean wants = qHalt[b] > (qContinue == null ? 0 : qContinue[b]);
            halted[b] = steps[b] >= most || most > 1 && wants && steps[b] >= leasts[b];
        }
    }

    int[][] inputs() {
        return inputs;
    }

    int[][] labels() {
        return labels;
    }

    int[] identifiers() {
        return identifiers.clone();
    }

    int[] steps() {
        return steps.clone();
    }

    boolean[] halted() {
        return halted.clone();
    }
}
