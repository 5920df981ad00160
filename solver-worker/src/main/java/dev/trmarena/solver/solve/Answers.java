package dev.trmarena.solver.solve;

/**
 * The answers to a batch.
 *
 * @param tokens B rows of L predicted tokens, from the last step
 * @param qHalt B halt logits of the last step
 */
public record Answers(int[][] tokens, float[] qHalt) {}
