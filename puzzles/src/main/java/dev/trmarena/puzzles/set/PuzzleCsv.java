package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.set.PuzzleSetImport.Imported;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code source,question,answer,rating}, a puzzle a line. Sudoku: digits, blanks as '.' or '0', token = digit + 1. Maze: the
 * characters {@code # SGo}, tokens 1 to 5. Source: the authors' {@code build_sudoku_dataset.py}, {@code build_maze_dataset.py}.
 */
final class PuzzleCsv {
    private static final String MAZE = "# SGo";
    private static final String HEADER = "source,question,answer,rating";

    private final String name;
    private final Path file;
    private final Path folder;

    PuzzleCsv(Path file, Path folder) {
        this.name = String.valueOf(file.getFileName());
        this.file = file;
        this.folder = folder;
    }

    Imported read(@Nullable PuzzleKind wanted) throws IOException {
        var inputs = new ByteArrayOutputStream();
        var labels = new ByteArrayOutputStream();
        PuzzleKind kind = wanted;
        int length = 0;
        int line = 1;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            requireHeader(reader.readLine());
            for (String row = reader.readLine(); row != null; row = reader.readLine()) {
                line++;
                if (row.isEmpty()) {
                    continue;
                }
                String[] fields = row.split(",", -1);
                if (fields.length != 4) {
                    throw bad(line, "it has " + fields.length + " fields, 4 were expected");
                }
                if (kind == null) {
                    kind = kindOf(fields[1]);
                }
                if (length == 0) {
                    length = fields[1].length();
                    requireSide(line, kind, length);
                }
                inputs.write(tokens(kind, fields[1], length, line, "question"));
                labels.write(tokens(kind, fields[2], length, line, "answer"));
            }
        } catch (CharacterCodingException e) {
            throw bad(line, "it is not UTF-8 text");
        }
        if (kind == null || length == 0) {
            throw bad(line, "there is no puzzle after the header");
        }
        return imported(kind, length, inputs.toByteArray(), labels.toByteArray());
    }

    private void requireHeader(@Nullable String header) {
        if (header == null) {
            throw new InputProblem(name, null, "the file is empty", "Begin with the line " + HEADER + ".");
        }
        if (!header.strip().equalsIgnoreCase(HEADER)) {
            String shown = header.length() > 60 ? header.substring(0, 60) + "…" : header;
            throw new InputProblem(name, "line 1", "it is '" + shown + "'", "Begin with the line " + HEADER + ".");
        }
    }

    private static PuzzleKind kindOf(String question) {
        return question.chars().allMatch(c -> MAZE.indexOf(c) >= 0) ? PuzzleKind.MAZE : PuzzleKind.SUDOKU;
    }

    private void requireSide(int line, PuzzleKind kind, int length) {
        if (kind != PuzzleKind.SUDOKU && kind != PuzzleKind.MAZE) {
            throw new InputProblem(
                    name, null, "a CSV holds Sudokus or mazes, not " + kind, "Upload the dataset directory instead.");
        }
        int side = PuzzleSetImport.sideOf(length);
        if (side < 2 || kind == PuzzleKind.SUDOKU && side > 9) {
            throw bad(
                    line,
                    "the question has " + length + " cells, which is not a "
                            + (kind == PuzzleKind.SUDOKU
                                    ? "Sudoku of 4, 16, 25, 36, 49, 64 or 81 cells"
                                    : "square maze"));
        }
    }

    private byte[] tokens(PuzzleKind kind, String text, int length, int line, String field) {
        if (text.length() != length) {
            throw bad(line, "the " + field + " has " + text.length() + " cells, the first question has " + length);
        }
        int side = PuzzleSetImport.sideOf(length);
        byte[] tokens = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            int token = kind == PuzzleKind.MAZE ? MAZE.indexOf(c) + 1 : c == '.' ? 1 : c - '0' + 1;
            boolean known = kind == PuzzleKind.MAZE ? token > 0 : token >= 1 && token <= side + 1;
            if (!known || kind == PuzzleKind.SUDOKU && token == 1 && field.equals("answer")) {
                throw bad(line, "cell " + (i + 1) + " of the " + field + " is '" + c + "'");
            }
            tokens[i] = (byte) token;
        }
        return tokens;
    }

    private Imported imported(PuzzleKind kind, int length, byte[] inputs, byte[] labels) throws IOException {
        int count = inputs.length / length;
        int side = PuzzleSetImport.sideOf(length);
        Path inputFile = folder.resolve(PuzzleSetManifest.INPUTS);
        Path labelFile = folder.resolve(PuzzleSetManifest.LABELS);
        Path identifierFile = folder.resolve(PuzzleSetManifest.PUZZLE_IDENTIFIERS);
        Npy.writeUint8(inputFile, inputs, count, length);
        Npy.writeUint8(labelFile, labels, count, length);
        Npy.writeInt32(identifierFile, new int[count], count);
        int vocab = kind == PuzzleKind.MAZE ? MAZE.length() + 1 : side + 2;
        return new Imported(
                PuzzleSetManifest.stored(kind, length, vocab, 1, 0, count, count, side),
                Map.of(
                        PuzzleSetManifest.INPUTS, inputFile,
                        PuzzleSetManifest.LABELS, labelFile,
                        PuzzleSetManifest.PUZZLE_IDENTIFIERS, identifierFile));
    }

    private InputProblem bad(int line, String problem) {
        return new InputProblem(name, "line " + line, problem, "Correct the line; the form is " + HEADER + ".");
    }
}
