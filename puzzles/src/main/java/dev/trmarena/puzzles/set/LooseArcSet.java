package dev.trmarena.puzzles.set;

import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ArcFiles;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.arc.IdentifierNames;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Examples of an ARC set in the order in which someone predicted them, beside the set's two JSON files. */
public final class LooseArcSet {
    private static final int PADDING = 0;
    private static final String REMEDY = "Save what the model was given, a row for each prediction.";

    private LooseArcSet() {}

    /**
     * @param folder holds {@code identifiers.json} and {@code test_puzzles.json}
     * @param identifiers row of the puzzle embedding of each example, integers E; 0 marks padding
     * @param inputs canvases, integers E×900
     * @return a set without labels, for scoring
     */
    public static PuzzleSet open(Path folder, Path identifiers, Path inputs) throws IOException {
        Path tasks = folder.resolve(PuzzleSetManifest.TEST_PUZZLES);
        if (!Files.isRegularFile(tasks)) {
            throw new InputProblem(
                    PuzzleSetManifest.TEST_PUZZLES,
                    null,
                    "it is missing, as HRM's builder leaves it out",
                    "Put the one of ./arena puzzles build beside identifiers.json; or name a dataset directory with its labels,"
                            + " without --identifiers and --inputs.");
        }
        NpyArray rows = requireArrays(identifiers, inputs);
        int examples = (int) rows.count();
        long most = 0;
        for (int i = 0; i < examples; i++) {
            most = Math.max(most, rows.longAt(i));
        }
        IdentifierNames.requireRows(most + 1);
        var manifest = PuzzleSetManifest.stored(
                PuzzleKind.ARC,
                Canvas.TOKENS,
                Canvas.VOCABULARY,
                (int) most + 1,
                0,
                examples,
                ArcFiles.tasks(tasks).size(),
                Canvas.SIDE);
        Map<String, Path> files = Map.of(
                PuzzleSetManifest.TEST_PUZZLES, tasks,
                PuzzleSetManifest.IDENTIFIERS, folder.resolve(PuzzleSetManifest.IDENTIFIERS),
                PuzzleSetManifest.PUZZLE_IDENTIFIERS, identifiers,
                PuzzleSetManifest.INPUTS, inputs);
        return ArcSet.read(
                manifest,
                role -> {
                    Path file = files.get(role);
                    if (file == null) {
                        throw new IllegalArgumentException("predictions come without " + role);
                    }
                    return file;
                },
                false);
    }

    /**
     * The same of a set that is open.
     *
     * @param set the examples are of it, and no more than it has; those of the blank identifier 0 pad a batch and do not count
     * @throws InputProblem when the arrays do not fit it
     */
    public static ArcSet of(ArcSet set, Path identifiers, Path inputs) throws IOException {
        NpyArray rows = requireArrays(identifiers, inputs);
        int counted = 0;
        for (int i = 0; i < rows.count(); i++) {
            int row = (int) rows.longAt(i);
            counted += row == PADDING ? 0 : 1;
            if (row != PADDING && !set.isNamed(row)) {
                throw bad(
                        identifiers,
                        "example " + i,
                        "it has identifier " + row + ", which no example of the puzzle set has");
            }
        }
        if (counted > set.exampleCount()) {
            throw bad(
                    identifiers,
                    null,
                    "it has " + counted + " examples beside padding, the puzzle set has " + set.exampleCount());
        }
        requireCanvases(inputs);
        ArcSet loose =
                set.with(Map.of(PuzzleSetManifest.PUZZLE_IDENTIFIERS, identifiers, PuzzleSetManifest.INPUTS, inputs));
        AnswersAtOnce.require(loose);
        return loose;
    }

    /** @return the identifiers, each of them a number that a row can have */
    private static NpyArray requireArrays(Path identifiers, Path inputs) throws IOException {
        NpyArray rows = Npy.open(identifiers);
        NpyArray canvases = Npy.open(inputs);
        ReadSize.require(String.valueOf(identifiers.getFileName()), null, rows.count(), ReadLimits.EXAMPLES);
        int examples = (int) rows.count();
        if (!rows.isInteger() || rows.shape().length != 1 || examples == 0) {
            throw bad(identifiers, null, "it is " + rows.type() + " of shape " + Arrays.toString(rows.shape()));
        }
        if (!canvases.isInteger() || !Arrays.equals(canvases.shape(), new int[] {examples, Canvas.TOKENS})) {
            throw bad(
                    inputs,
                    null,
                    "it is " + canvases.type() + " of shape " + Arrays.toString(canvases.shape())
                            + "; integers of shape [" + examples + ", " + Canvas.TOKENS + "] were expected");
        }
        for (int i = 0; i < examples; i++) {
            long row = rows.longAt(i);
            if (row < 0 || row >= Integer.MAX_VALUE) {
                throw bad(identifiers, "example " + i, "it has identifier " + row);
            }
        }
        return rows;
    }

    /** An input tells which test output its example answers: what is no canvas would be an answer to none, in silence. */
    private static void requireCanvases(Path inputs) throws IOException {
        NpyArray canvases = Npy.open(inputs);
        for (long i = 0; i < canvases.count(); i++) {
            long token = canvases.longAt(i);
            if (token < 0 || token >= Canvas.VOCABULARY) {
                throw bad(inputs, "example " + i / Canvas.TOKENS + ", cell " + i % Canvas.TOKENS, "token " + token);
            }
        }
    }

    private static InputProblem bad(Path file, @Nullable String place, String problem) {
        return new InputProblem(String.valueOf(file.getFileName()), place, problem, REMEDY);
    }
}
