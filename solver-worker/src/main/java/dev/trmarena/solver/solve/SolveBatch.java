package dev.trmarena.solver.solve;

import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Schedule;
import dev.trmarena.solver.model.StepOutputs;
import dev.trmarena.solver.model.StepResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** Runs a batch; the answer of a row is the argmax of its last step, the first index at a tie. */
public final class SolveBatch {
    private SolveBatch() {}

    /**
     * @param firsts the row with which each unit begins, see {@link Network#run}
     * @param extras what {@code each} is to see besides halt logits
     * @param each sees every step's result; by throwing it ends the run. With {@code act_inference} the results are of one row
     *     after the other
     */
    public static BatchAnswers solve(
            Network network,
            int[][] inputs,
            int[] identifiers,
            int[] firsts,
            Schedule schedule,
            StepOutputs extras,
            Consumer<StepResult> each)
            throws IOException {
        // With act_inference a row's answer is that of the step at which it halts, whoever is beside it: the authors'
        // loop repeats every row of a batch until all halt together. Alone, a row needs no repetition.
        int rows = network.hyperParameters().actInference() ? 1 : inputs.length;
        var answers = new BatchAnswers(new byte[inputs.length][], new float[inputs.length], new int[inputs.length]);
        for (int from = 0; from < inputs.length; from += rows) {
            int first = from;
            network.run(
                    Arrays.copyOfRange(inputs, from, from + rows),
                    Arrays.copyOfRange(identifiers, from, from + rows),
                    rows == inputs.length ? firsts : new int[] {0},
                    schedule,
                    extras,
                    result -> {
                        each.accept(result);
                        if (result.last()) {
                            keep(result, first, answers);
                        }
                    });
        }
        return answers;
    }

    private static void keep(StepResult result, int first, BatchAnswers answers) {
        for (int b = 0; b < result.qHalt().length; b++) {
            answers.tokens()[first + b] = result.answer(b);
            answers.qHalt()[first + b] = result.qHalt()[b];
            answers.steps()[first + b] = result.steps()[b];
        }
    }
}
