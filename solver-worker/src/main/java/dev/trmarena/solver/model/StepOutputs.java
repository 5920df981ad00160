package dev.trmarena.solver.model;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

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

    /** Whether logits of this step or a later one are wanted, so that those of a row that leaves with it are to be kept. */
    boolean logitsFrom(int step, int steps) {
        return lastLogits || IntStream.rangeClosed(step, steps).anyMatch(logits);
    }

    boolean answerOf(int step, boolean last) {
        return last || answers.test(step) || logitsOf(step, last);
    }
}
