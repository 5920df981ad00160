package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Predictions in two {@code .npy} files: tokens (integers E×L), an example a row, and halt logits: floats E, or steps×E as
 * {@code ./arena solve} writes them, where the last step that an example took counts and NaN stands behind it.
 */
public final class PredictionArrays implements Iterable<ScoredPrediction> {
    private static final String REMEDY = "Save one row for each example of the puzzle set, in its order.";
    private static final int MOST_TOKEN = 255;

    private final PuzzleSet set;
    private final String name;
    private final NpyArray tokens;
    private final NpyArray qHalt;

    /** @throws InputProblem when the arrays do not fit the set */
    public PredictionArrays(PuzzleSet set, Path tokenFile, Path qHaltFile) throws IOException {
        this.set = set;
        this.name = String.valueOf(tokenFile.getFileName());
        this.tokens = Npy.open(tokenFile);
        this.qHalt = Npy.open(qHaltFile);
        int examples = set.exampleCount();
        int length = set.manifest().seqLen();
        if (!tokens.isInteger() || !Arrays.equals(tokens.shape(), new int[] {examples, length})) {
            throw new InputProblem(
                    name,
                    null,
                    "it is " + tokens.type() + " of shape " + Arrays.toString(tokens.shape()) + "; integers of shape ["
                            + examples + ", " + length + "] were expected",
                    REMEDY);
        }
        int[] halts = qHalt.shape();
        boolean bySteps = halts.length == 2 && halts[0] > 0 && halts[1] == examples;
        if (qHalt.isInteger() || qHalt.count() != examples && !bySteps) {
            throw new InputProblem(
                    String.valueOf(qHaltFile.getFileName()),
                    null,
                    "it is " + qHalt.type() + " of shape " + Arrays.toString(qHalt.shape()) + "; " + examples
                            + " halt logits were expected, as floats, or so many for each step",
                    REMEDY);
        }
        for (int i = 0; i < examples; i++) {
            if (!Float.isFinite(halt(i))) {
                throw new InputProblem(
                        String.valueOf(qHaltFile.getFileName()), "example " + i, "it is " + halt(i), REMEDY);
            }
        }
    }

    private float halt(int example) {
        return qHalt.floatAt((steps(example) - 1L) * set.exampleCount() + example);
    }

    /** Steps that an example took, of those that are in the file: the last one that is a number. */
    private int steps(int example) {
        int steps = (int) (qHalt.count() / set.exampleCount());
        while (steps > 1 && Float.isNaN(qHalt.floatAt((steps - 1L) * set.exampleCount() + example))) {
            steps--;
        }
        return steps;
    }

    /**
     * Improvement steps that the examples took, in the mean: {@code steps} of the authors' {@code losses.py}.
     *
     * @param protocol which examples count; one of them at least
     * @return empty when the file has the halt logits of the last step alone
     */
    public OptionalDouble meanSteps(VoteProtocol protocol) {
        return qHalt.shape().length == 2
                ? IntStream.range(0, set.exampleCount())
                        .filter(example -> protocol.votes(set, example))
                        .map(this::steps)
                        .average()
                : OptionalDouble.empty();
    }

    @Override
    public Iterator<ScoredPrediction> iterator() {
        return IntStream.range(0, set.exampleCount()).mapToObj(this::prediction).iterator();
    }

    private ScoredPrediction prediction(int example) {
        byte[] row = new byte[tokens.rowLength()];
        for (int i = 0; i < row.length; i++) {
            long token = tokens.longAt((long) example * row.length + i);
            if (token < 0 || token > MOST_TOKEN) {
                throw new InputProblem(name, "example " + example + ", cell " + i, "token " + token, REMEDY);
            }
            row[i] = (byte) token;
        }
        return ScoredPrediction.of(set, example, row, halt(example));
    }
}
