package dev.trmarena.solver.solve;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Examples in array files, mapped, of any number; checked against a checkpoint before the first of them is solved. */
final class Examples {
    private static final String BEGINS = "all__puzzle_indices.npy";

    private final NpyArray inputs;
    private final @Nullable NpyArray identifiers;
    /** Where the examples of each puzzle begin; null when each example has an identifier of its own. */
    private final @Nullable NpyArray begins;

    private final int identifierOffset;

    private Examples(NpyArray inputs, @Nullable NpyArray identifiers, @Nullable NpyArray begins, int identifierOffset) {
        this.inputs = inputs;
        this.identifiers = identifiers;
        this.begins = begins;
        this.identifierOffset = identifierOffset;
    }

    /**
     * @param inputs integers B×L
     * @param puzzleIdentifiers an integer an example; or an integer a puzzle, with {@code all__puzzle_indices.npy} beside it, as
     *     the datasets of the models' authors have them; null for a checkpoint that has no puzzle embedding
     * @throws InputProblem when a file is missing, or holds what the checkpoint cannot take
     */
    static Examples open(Path inputs, @Nullable Path puzzleIdentifiers, HyperParameters hyper) throws IOException {
        NpyArray tokens = inputs(inputs, hyper);
        if (puzzleIdentifiers != null) {
            return identifiers(tokens, puzzleIdentifiers, hyper);
        }
        if (hyper.puzzleEmbNdim() > 0) {
            throw new InputProblem(
                    "--puzzle-identifiers",
                    null,
                    "it is not given, and the checkpoint has a puzzle embedding of " + hyper.identifierCount()
                            + " rows",
                    "Name the identifiers of the inputs: the row of each example.");
        }
        return new Examples(tokens, null, null, 0);
    }

    static void requireFile(Path file, String remedy) {
        if (!Files.isRegularFile(file)) {
            throw new InputProblem(file.toString(), null, "there is no such file", remedy);
        }
    }

    int count() {
        return inputs.shape()[0];
    }

    int length() {
        return inputs.shape()[1];
    }

    /** Rows of L tokens, {@code end} excluded. */
    int[][] inputs(int from, int end) {
        int length = length();
        int[][] rows = new int[end - from][length];
        for (int b = 0; b < rows.length; b++) {
            for (int i = 0; i < length; i++) {
                rows[b][i] = (int) inputs.longAt((long) (from + b) * length + i);
            }
        }
        return rows;
    }

    /** Rows of the puzzle embedding; 0 where there is none. */
    int[] identifiers(int from, int end) {
        int[] rows = new int[end - from];
        if (identifiers == null) {
            return rows;
        }
        int puzzle = begins == null ? 0 : puzzleOf(begins, from);
        for (int b = 0; b < rows.length; b++) {
            if (begins != null) {
                while (begins.longAt(puzzle + 1) <= from + b) {
                    puzzle++;
                }
            }
            rows[b] = identifierOffset + (int) identifiers.longAt(begins == null ? from + b : puzzle);
        }
        return rows;
    }

    /** The last puzzle that begins at the example or before it. */
    private static int puzzleOf(NpyArray begins, int example) {
        int low = 0;
        int high = (int) begins.count() - 2;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (begins.longAt(middle) <= example) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static NpyArray inputs(Path file, HyperParameters hyper) throws IOException {
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
        long count = array.count();
        for (long i = 0; i < count; i++) {
            long token = array.longAt(i);
            if (token < 0 || token >= hyper.vocabSize()) {
                throw new InputProblem(
                        name,
                        "example " + i / shape[1] + ", cell " + i % shape[1],
                        "token " + token + ", the checkpoint's vocabulary is " + hyper.vocabSize(),
                        "Give tokens from 0 to " + (hyper.vocabSize() - 1) + ".");
            }
        }
        return array;
    }

    private static Examples identifiers(NpyArray inputs, Path file, HyperParameters hyper) throws IOException {
        requireFile(file, "Name them with --puzzle-identifiers.");
        NpyArray array = Npy.open(file);
        String name = String.valueOf(file.getFileName());
        int count = inputs.shape()[0];
        NpyArray begins = array.count() == count ? null : begins(file, array.count(), count);
        if (!array.isInteger() || array.count() != count && begins == null) {
            throw new InputProblem(
                    name,
                    null,
                    array.count() + " values of type " + array.type() + ", there are " + count + " examples",
                    "Give one integer an example; or one a puzzle, with the " + BEGINS + " of the dataset beside it.");
        }
        int offset = hyper.identifierOffset();
        for (long b = 0; b < array.count(); b++) {
            long identifier = array.longAt(b);
            if (identifier < 0 || hyper.identifierCount() > 0 && identifier >= hyper.identifierCount() - offset) {
                throw new InputProblem(
                        name,
                        (begins == null ? "example " : "puzzle ") + b,
                        "identifier " + identifier + (offset == 0 ? "" : " (row " + (offset + identifier) + ")")
                                + ", the checkpoint has rows 0 to " + (hyper.identifierCount() - 1),
                        "Give the identifiers of the puzzle set that the checkpoint was trained on"
                                + (offset == 0 ? "." : ", and by --identifier-offset the row at which it begins."));
            }
        }
        return new Examples(inputs, array, begins, offset);
    }

    /** Null when there is no such file, or it tells nothing of so many puzzles and examples. */
    private static @Nullable NpyArray begins(Path identifiers, long puzzles, int examples) throws IOException {
        Path file = beginsBeside(identifiers);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        NpyArray begins = Npy.open(file);
        boolean fits = begins.isInteger()
                && begins.count() == puzzles + 1
                && begins.longAt(0) == 0
                && begins.longAt(puzzles) == examples;
        for (long p = 0; fits && p < puzzles; p++) {
            fits = begins.longAt(p) <= begins.longAt(p + 1);
        }
        return fits ? begins : null;
    }

    /** Where the file lies that may tell which examples belong to which puzzle. */
    static Path beginsBeside(Path identifiers) {
        return identifiers.resolveSibling(BEGINS);
    }
}
