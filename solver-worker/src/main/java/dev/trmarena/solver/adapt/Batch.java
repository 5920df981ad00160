package dev.trmarena.solver.adapt;

/**
 * Examples that are offered to the slots of a training step, one each. A slot that is still at work keeps its own, and what was offered to
 * it is lost, as in the authors' trainer.
 *
 * @param inputs B rows of L tokens
 * @param labels B rows of L tokens; −100 where none is to be learnt
 * @param identifiers B rows of the puzzle embedding
 * @param examples how many of the B are no padding; by these the loss is divided before it is differentiated
 */
public record Batch(int[][] inputs, int[][] labels, int[] identifiers, int examples) {
    public Batch {
        if (inputs.length == 0 || inputs.length != labels.length || inputs.length != identifiers.length) {
            throw new IllegalArgumentException("a batch of " + inputs.length + " inputs, " + labels.length
                    + " labels and " + identifiers.length + " identifiers");
        }
        if (examples < 1) {
            throw new IllegalArgumentException("a batch with " + examples + " examples that are no padding");
        }
    }

    /** A batch without padding. */
    public Batch(int[][] inputs, int[][] labels, int[] identifiers) {
        this(inputs, labels, identifiers, inputs.length);
    }
}
