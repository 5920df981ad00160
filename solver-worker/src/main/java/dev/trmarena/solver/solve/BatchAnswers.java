package dev.trmarena.solver.solve;

/**
 * The answers to a batch.
 *
 * @param tokens B rows as {@link dev.trmarena.solver.model.StepResult#answer} gives them, from the last step of each
 * @param qHalt B halt logits of these steps
 * @param steps B numbers of steps behind the answers
 */
public record BatchAnswers(byte[][] tokens, float[] qHalt, int[] steps) {}
