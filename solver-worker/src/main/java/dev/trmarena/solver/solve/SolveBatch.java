package dev.trmarena.solver.solve;

import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.StepResult;
import dev.trmarena.solver.model.Wanted;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** Runs a batch for exactly the given number of steps; the answer is the argmax of the last one, the first index at a tie. */
public final class SolveBatch {
    private SolveBatch() {}

    /** @param each sees every step's result; by throwing it ends the run */
    public static Answers solve(
            Network network, int[][] inputs, int[] identifiers, int steps, Consumer<StepResult> each)
            throws IOException {
        // With act_inference a row's answer is that of the step at which it halts, whoever is beside it: the authors'
        // loop repeats every row of a batch until all halt together. Alone, a row needs no repetition.
        int rows = network.hyperParameters().actInference() ? 1 : inputs.length;
        int[][] tokens = new int[inputs.length][];
        float[] qHalt = new float[inputs.length];
        for (int from = 0; from < inputs.length; from += rows) {
            int first = from;
            network.run(
                    Arrays.copyOfRange(inputs, from, from + rows),
                    Arrays.copyOfRange(identifiers, from, from + rows),
                    steps,
                    Wanted.ANSWER,
                    result -> {
                        each.accept(result);
                        if (result.last()) {
                            keep(result, first, tokens, qHalt);
                        }
                    });
        }
        return new Answers(tokens, qHalt);
    }

    private static void keep(StepResult result, int first, int[][] tokens, float[] qHalt) {
        int rows = result.qHalt().length;
        int length = result.tokens().length / rows;
        for (int b = 0; b < rows; b++) {
            tokens[first + b] = Arrays.copyOfRange(result.tokens(), b * length, (b + 1) * length);
            qHalt[first + b] = result.qHalt()[b];
        }
    }
}
