package dev.trmarena.solver.model;

import java.util.function.IntPredicate;

/**
 * What a step's result carries. Reading the answers out costs time and memory, so that it is done only where it is asked for.
 *
 * @param answers steps, from 1, whose predicted tokens are wanted; those of the last step always come
 * @param logits steps, from 1, whose logits are wanted
 * @param lastLogits whether those of the last step are
 * @param carry steps whose states are wanted
 */
public record StepOutputs(IntPredicate answers, IntPredicate logits, boolean lastLogits, IntPredicate carry) {
    public static final StepOutputs ANSWER = new StepOutputs(step -> false, step -> false, false, step -> false);

    /** The answer of every step: costs the output head each time, next to nothing beside a step. */
    public static final StepOutputs EVERY_ANSWER = new StepOutputs(step -> true, step -> false, false, step -> false);

    boolean logitsOf(int step, boolean last) {
        return logits.test(step) || last && lastLogits;
    }

    boolean answerOf(int step, boolean last) {
        return last || answers.test(step) || logitsOf(step, last);
    }
}
