package dev.trmarena.solver.solve;

import dev.trmarena.solver.model.StepResult;
import dev.trmarena.solver.model.TrmNetwork;
import java.io.IOException;
import java.util.function.Consumer;

/** Runs a batch for exactly the given number of steps; the answer is the argmax of the last one. */
public final class SolveBatch {
    private SolveBatch() {}

    /** @param each sees every step's result, for those who want more than the answer */
    public static Answers solve(
            TrmNetwork network, int[][] inputs, int[] identifiers, int steps, Consumer<StepResult> each)
            throws IOException {
        var last = new StepResult[1];
        network.run(inputs, identifiers, steps, result -> {
            each.accept(result);
            last[0] = result;
        });
        int vocab = network.hyperParameters().vocabSize();
        int[][] tokens = new int[inputs.length][inputs[0].length];
        for (int b = 0; b < tokens.length; b++) {
            for (int i = 0; i < tokens[b].length; i++) {
                tokens[b][i] = argmax(last[0].logits(), (b * tokens[b].length + i) * vocab, vocab);
            }
        }
        return new Answers(tokens, last[0].qHalt());
    }

    /** The first index wins a tie. */
    private static int argmax(float[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (values[from + i] > values[from + best]) {
                best = i;
            }
        }
        return best;
    }
}
