package dev.trmarena.solver.model;

import dev.trmarena.artifacts.checkpoint.HyperParameters;

/** Every token of a batch is looked at: an index outside a table is an error here, not a fault on the device. */
final class CheckTokens {
    /** What stands where a token is not to be learnt. */
    private static final int IGNORED = -100;

    private CheckTokens() {}

    /**
     * @return all tokens, row after row
     * @throws IllegalArgumentException naming the first that the network cannot take
     */
    static long[] flat(int[][] tokens, HyperParameters hyper) {
        int length = tokens[0].length;
        if (hyper.seqLen() > 0 && length != hyper.seqLen()) {
            throw new IllegalArgumentException(
                    "examples of " + length + " tokens; the checkpoint was made for " + hyper.seqLen());
        }
        if (hyper.onBoard() && !HyperParameters.isSquare(length)) {
            throw new IllegalArgumentException(
                    "examples of " + length + " tokens; the checkpoint was made for square boards");
        }
        long[] flat = new long[tokens.length * length];
        for (int b = 0; b < tokens.length; b++) {
            if (tokens[b].length != length) {
                throw new IllegalArgumentException(
                        "example " + b + " has " + tokens[b].length + " tokens, example 0 has " + length);
            }
            for (int i = 0; i < length; i++) {
                int token = tokens[b][i];
                if (token < 0 || token >= hyper.vocabSize()) {
                    throw new IllegalArgumentException("example " + b + ", cell " + i + ": token " + token
                            + ", the checkpoint's vocabulary is " + hyper.vocabSize());
                }
                flat[b * length + i] = token;
            }
        }
        return flat;
    }

    /**
     * @param length L of the tokens that they belong to
     * @return all labels, row after row
     * @throws IllegalArgumentException naming the first that is neither a token nor to be ignored
     */
    static long[] labels(int[][] labels, int length, HyperParameters hyper) {
        long[] flat = new long[labels.length * length];
        for (int b = 0; b < labels.length; b++) {
            if (labels[b].length != length) {
                throw new IllegalArgumentException(
                        "example " + b + " has " + labels[b].length + " labels and " + length + " tokens");
            }
            for (int i = 0; i < length; i++) {
                int label = labels[b][i];
                if (label != IGNORED && (label < 0 || label >= hyper.vocabSize())) {
                    throw new IllegalArgumentException("example " + b + ", cell " + i + ": label " + label
                            + " is neither a token below " + hyper.vocabSize() + " nor " + IGNORED);
                }
                flat[b * length + i] = label;
            }
        }
        return flat;
    }
}
