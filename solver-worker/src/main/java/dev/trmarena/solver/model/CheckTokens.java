package dev.trmarena.solver.model;

import dev.trmarena.artifacts.checkpoint.HyperParameters;

/** Every token of a batch is looked at: an index outside a table is an error here, not a fault on the device. */
final class CheckTokens {
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
}
