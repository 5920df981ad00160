package dev.trmarena.puzzles.set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sudokus as nano-trm's scripts write them, in a dialect of their own: a grid in the corner of a larger square, token 0 around it, 1 in the
 * first column below it, 2 for a blank and d + 2 for digit d; labels are −100 outside. They are translated where they come in, into what every
 * Sudoku here is: the grid alone, 1 for a blank, d + 1 for digit d. Source: {@code scripts/data/generate_sudoku_data.py} of nano-trm.
 */
final class NanoTrmSudoku {
    private static final String KEY = "max_grid_size";
    private static final int BEFORE_DIGITS = 3;

    static final String WARNING =
            "its tokens are nano-trm's dialect of Sudoku (digit d is token d + 2): they were translated into the one"
                    + " of this platform (digit d is token d + 1)";

    private static final String REMEDY = "Build the set again with nano-trm's script, of grids of one size.";
    private static final int BLANK = 2;

    private final String file;
    private final NpyArray array;
    private final int grid;
    private final int square;
    private final Findings findings;

    private NanoTrmSudoku(String file, NpyArray array, int grid, int square, Findings findings) {
        this.file = file;
        this.array = array;
        this.grid = grid;
        this.square = square;
        this.findings = findings;
    }

    /** Whether a {@code dataset.json} is of this dialect: no other builder writes the side of a square, with so many tokens for it. */
    static boolean wrote(JsonNode description) {
        return description.path(KEY).isInt()
                && description.path("vocab_size").asInt()
                        == description.path(KEY).asInt() + BEFORE_DIGITS;
    }

    /** @return side of the grids @throws InputProblem for grids of several sizes, or of one that does not go into the square */
    static int grid(JsonNode description, String file, int length) {
        int square = PuzzleSetImport.sideOf(length);
        JsonNode grid = description.path("grid_size");
        if (description.path("mixed_size").asBoolean() || !grid.isInt()) {
            throw new InputProblem(
                    file,
                    "grid_size",
                    "it is a set in nano-trm's dialect of Sudoku with grids of several sizes",
                    REMEDY);
        }
        int size = grid.intValue();
        if (size < 1 || size > square || description.path(KEY).asInt() != square) {
            throw new InputProblem(
                    file,
                    "grid_size",
                    "it is " + size + " in a square of " + description.path(KEY).asInt() + ", seq_len is " + length,
                    REMEDY);
        }
        return size;
    }

    /** Writes u1 E×grid². @param blanks whether a cell may be blank */
    static void write(String file, NpyArray array, int grid, int square, boolean blanks, Path out, Findings findings)
            throws IOException {
        new NanoTrmSudoku(file, array, grid, square, findings).write(blanks, out);
    }

    private void write(boolean blanks, Path out) throws IOException {
        int examples = array.shape()[0];
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(out), 1 << 16)) {
            stream.write(Npy.header("u1", examples, grid * grid));
            for (int example = 0; example < examples; example++) {
                for (int cell = 0; cell < grid * grid; cell++) {
                    int at = cell / grid * square + cell % grid;
                    long token = array.longAt((long) example * square * square + at);
                    if (token < (blanks ? BLANK : BLANK + 1) || token > BLANK + grid) {
                        findings.add(
                                file,
                                "example " + example + ", cell " + at,
                                "token " + token + "; in nano-trm's dialect of Sudoku digits are 3 to " + (BLANK + grid)
                                        + ", a blank is 2",
                                REMEDY);
                    }
                    stream.write((int) token - 1);
                }
            }
        }
    }
}
