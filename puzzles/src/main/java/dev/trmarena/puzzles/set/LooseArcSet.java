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

/** Examples of an ARC set in the order in which someone predicted them, beside the set's two JSON files. */
public final class LooseArcSet {
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
        NpyArray rows = Npy.open(identifiers);
        NpyArray canvases = Npy.open(inputs);
        ReadSize.require(String.valueOf(identifiers.getFileName()), null, rows.count(), ReadLimits.EXAMPLES);
        int examples = (int) rows.count();
        if (!rows.isInteger() || rows.shape().length != 1 || examples == 0) {
            throw bad(identifiers, "it is " + rows.type() + " of shape " + Arrays.toString(rows.shape()));
        }
        if (!canvases.isInteger() || !Arrays.equals(canvases.shape(), new int[] {examples, Canvas.TOKENS})) {
            throw bad(
                    inputs,
                    "it is " + canvases.type() + " of shape " + Arrays.toString(canvases.shape())
                            + "; integers of shape [" + examples + ", " + Canvas.TOKENS + "] were expected");
        }
        long most = 0;
        for (int i = 0; i < examples; i++) {
            long row = rows.longAt(i);
            if (row < 0 || row >= Integer.MAX_VALUE) {
                throw bad(identifiers, "example " + i + " has identifier " + row);
            }
            most = Math.max(most, row);
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

    private static InputProblem bad(Path file, String problem) {
        return new InputProblem(String.valueOf(file.getFileName()), null, problem, REMEDY);
    }
}
