package dev.trmarena.solver.model;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.puzzles.score.Dtype;
import java.io.IOException;
import java.util.function.Consumer;

/** A network with its weights, ready to run. Not for several threads at once; open one for each. */
public interface Network extends AutoCloseable {
    HyperParameters hyperParameters();

    /** What it computes in; the checkpoint's own {@code forward_dtype} unless another was asked for. */
    Dtype dtype();

    /** What its matrix products run on. */
    Kernels kernels();

    /**
     * The same network with other rows in place of those of its puzzle embedding: a view, which nobody has to close, and which ends with
     * this.
     */
    Network withRows(EmbeddingRows rows);

    /**
     * Runs a batch through improvement steps. With {@code act_inference} a row that halts begins again at the next step, and
     * the run ends when all rows halt in the same step, as the authors' loop does: that can be before or after {@code steps}.
     *
     * @param tokens B rows of L tokens
     * @param identifiers B rows of the puzzle embedding
     * @param firsts of the units that the rows are of: the row with which each begins, 0 first. On a CPU no rows of two units go through
     *     the scripts together, so that no bit of an answer depends on what lies beside its unit; a GPU takes all rows at once
     * @param schedule after how many steps a row halts
     * @param extras what the results carry besides halt logits and the answer of the last step
     * @param each called after every step; an exception of its own ends the run and leaves the network usable
     * @throws IllegalArgumentException when early halting is asked of an {@code act_inference} network, an identifier or a token is out of range, or the rows of an {@code act_inference}
     *     batch do not halt together within any reasonable number of steps
     */
    void run(
            int[][] tokens,
            int[] identifiers,
            int[] firsts,
            Schedule schedule,
            StepOutputs extras,
            Consumer<StepResult> each)
            throws IOException;

    /** Rows that are all of one unit. */
    default void run(
            int[][] tokens, int[] identifiers, Schedule schedule, StepOutputs extras, Consumer<StepResult> each)
            throws IOException {
        run(tokens, identifiers, new int[] {0}, schedule, extras, each);
    }

    /** Exactly so many steps. */
    default void run(int[][] tokens, int[] identifiers, int steps, StepOutputs extras, Consumer<StepResult> each)
            throws IOException {
        run(tokens, identifiers, Schedule.exactly(steps), extras, each);
    }

    /** The same for those who want the answer alone. */
    default void run(int[][] tokens, int[] identifiers, int steps, Consumer<StepResult> each) throws IOException {
        run(tokens, identifiers, steps, StepOutputs.ANSWER, each);
    }

    @Override
    void close() throws IOException;
}
