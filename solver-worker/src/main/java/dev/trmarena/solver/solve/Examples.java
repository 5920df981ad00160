package dev.trmarena.solver.solve;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Examples from two array files, checked against a checkpoint.
 *
 * @param inputs B rows of L tokens
 * @param identifiers B rows of the puzzle embedding
 */
record Examples(int[][] inputs, int[] identifiers) {

    /** @throws InputProblem when a file is missing, or holds what the checkpoint cannot take */
    static Examples read(Path inputs, Path puzzleIdentifiers, HyperParameters hyper) throws IOException {
        int[][] tokens = inputs(inputs, hyper);
        return new Examples(tokens, identifiers(puzzleIdentifiers, hyper, tokens.length));
    }

    static void requireFile(Path file, String remedy) {
        if (!Files.isRegularFile(file)) {
            throw new InputProblem(file.toString(), null, "there is no such file", remedy);
        }
    }

    int count() {
        return inputs.length;
    }

    int length() {
        return inputs[0].length;
    }

    private static int[][] inputs(Path file, HyperParameters hyper) throws IOException {
        requireFile(file, "Name the tokens with --inputs.");
        NpyArray array = Npy.open(file);
        String name = String.valueOf(file.getFileName());
        int[] shape = array.shape();
        if (!array.isInteger() || shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
            throw new InputProblem(
                    name,
                    null,
                    "type " + array.type() + ", shape " + Arrays.toString(shape),
                    "Give integers of B×L, B and L from 1.");
        }
        if (hyper.seqLen() != 0 && hyper.seqLen() != shape[1]) {
            throw new InputProblem(
                    name,
                    null,
                    "L is " + shape[1] + ", the checkpoint was made for " + hyper.seqLen(),
                    "Give the inputs of the puzzle set that the checkpoint was trained on.");
        }
        int[][] inputs = new int[shape[0]][shape[1]];
        for (int b = 0; b < shape[0]; b++) {
            for (int i = 0; i < shape[1]; i++) {
                long token = array.longAt(b * shape[1] + i);
                if (token < 0 || token >= hyper.vocabSize()) {
                    throw new InputProblem(
                            name,
                            "example " + b + ", cell " + i,
                            "token " + token + ", the checkpoint's vocabulary is " + hyper.vocabSize(),
                            "Give tokens from 0 to " + (hyper.vocabSize() - 1) + ".");
                }
                inputs[b][i] = (int) token;
            }
        }
        return inputs;
    }

    private static int[] identifiers(Path file, HyperParameters hyper, int count) throws IOException {
        requireFile(file, "Name them with --puzzle-identifiers.");
        NpyArray array = Npy.open(file);
        String name = String.valueOf(file.getFileName());
        if (!array.isInteger() || array.count() != count) {
            throw new InputProblem(
                    name,
                    null,
                    array.count() + " values of type " + array.type() + ", there are " + count + " examples",
                    "Give one integer an example.");
        }
        int[] identifiers = new int[count];
        for (int b = 0; b < count; b++) {
            long identifier = array.longAt(b);
            if (identifier < 0 || hyper.identifierCount() > 0 && identifier >= hyper.identifierCount()) {
                throw new InputProblem(
                        name,
                        "example " + b,
                        "identifier " + identifier + ", the checkpoint has rows 0 to " + (hyper.identifierCount() - 1),
                        "Give the identifiers of the puzzle set that the checkpoint was trained on.");
            }
            identifiers[b] = (int) identifier;
        }
        return identifiers;
    }
}
