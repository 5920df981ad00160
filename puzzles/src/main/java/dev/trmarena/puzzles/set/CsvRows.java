package dev.trmarena.puzzles.set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.InputProblem;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code source,question,answer,rating}, a puzzle a row, fields quoted where they need it. Sudoku: digits, blanks as '.' or
 * '0', token = digit + 1. Maze: the characters {@code # SGo}, tokens 1 to 5. Source: the authors' {@code
 * build_sudoku_dataset.py}, {@code build_maze_dataset.py}.
 */
public final class CsvRows {
    private static final String HEADER = "source,question,answer,rating";
    private static final CsvMapper CSV =
            CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

    private final String name;
    private final Path file;
    private final Findings findings = new Findings();
    private @Nullable PuzzleKind kind;
    private int length;
    private int count;

    /**
     * @param line where the row ends, from 1
     * @param question L tokens
     * @param answer L tokens
     */
    public record Row(int line, byte[] question, byte[] answer, String rating) {}

    /**
     * @param length L, cells of each puzzle
     * @param count rows
     */
    public record Shape(PuzzleKind kind, int length, int count) {
        public int side() {
            return PuzzleSetImport.sideOf(length);
        }

        /** V: padding, and the cells; a Sudoku has its digits and the blank. */
        public int vocabSize() {
            return kind.csvCells().orElseThrow().vocabSize(side());
        }
    }

    /** @param kind what the cells mean; null to recognise it by the first question */
    public CsvRows(Path file, @Nullable PuzzleKind kind) {
        this.name = String.valueOf(file.getFileName());
        this.file = file;
        this.kind = kind;
    }

    /**
     * Reads the whole file once.
     *
     * @throws InputProblem when it is not sound, with the first problems; rows may have been handed over before
     */
    public Shape read(Consumer<Row> action) throws IOException {
        int line = 1;
        count = 0;
        try (Reader reader = Files.newBufferedReader(file);
                MappingIterator<String[]> rows = CSV.readerFor(String[].class).readValues(reader)) {
            requireHeader(rows.hasNextValue() ? rows.nextValue() : new String[0]);
            while (rows.hasNextValue()) {
                String[] fields = rows.nextValue();
                line++;
                if (fields.length > 1 || !fields[0].isEmpty()) {
                    row(fields, line, action);
                }
            }
        } catch (CharacterCodingException e) {
            throw bad(line, "it is not UTF-8 text");
        } catch (JsonProcessingException | RuntimeJsonMappingException e) {
            throw bad(line + 1, "it is not CSV: " + e.getMessage());
        }
        findings.throwIfAny();
        if (kind == null || length == 0) {
            throw bad(line, "there is no puzzle after the header");
        }
        return new Shape(kind, length, count);
    }

    private void row(String[] fields, int line, Consumer<Row> action) {
        if (fields.length != 4) {
            findings.add(bad(line, "it has " + fields.length + " fields, 4 were expected"));
            return;
        }
        if (kind == null) {
            kind = PuzzleKind.ofCsv(fields[1]);
        }
        CsvCells cells = cells(kind);
        if (length == 0) {
            requireSide(line, cells, fields[1].length());
            length = fields[1].length();
        }
        byte[] question = tokens(cells, fields[1], line, false);
        byte[] answer = tokens(cells, fields[2], line, true);
        if (question != null && answer != null) {
            count++;
            action.accept(new Row(line, question, answer, fields[3]));
        }
    }

    private void requireHeader(String[] header) {
        if (header.length == 0) {
            throw new InputProblem(name, null, "the file is empty", "Begin with the line " + HEADER + ".");
        }
        String found = String.join(",", header).strip();
        if (!found.equalsIgnoreCase(HEADER)) {
            String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
            throw new InputProblem(name, "line 1", "it is '" + shown + "'", "Begin with the line " + HEADER + ".");
        }
    }

    private CsvCells cells(PuzzleKind kind) {
        return kind.csvCells()
                .orElseThrow(() -> new InputProblem(
                        name,
                        null,
                        "a CSV holds Sudokus or mazes, not " + kind,
                        "Upload the dataset directory instead."));
    }

    private void requireSide(int line, CsvCells cells, int length) {
        if (!cells.fits(PuzzleSetImport.sideOf(length))) {
            throw bad(line, "the question has " + length + " cells, which is not a " + cells.what());
        }
    }

    /** @return null after noting what is wrong */
    private byte @Nullable [] tokens(CsvCells cells, String text, int line, boolean answer) {
        String field = answer ? "answer" : "question";
        if (text.length() != length) {
            String problem = "the " + field + " has " + text.length() + " cells, the first question has " + length;
            findings.add(bad(line, problem));
            return null;
        }
        int side = PuzzleSetImport.sideOf(length);
        byte[] tokens = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            int token = cells.token(c, side);
            if (token == 0 || answer && !cells.mayAnswer(token)) {
                findings.add(bad(line, "cell " + (i + 1) + " of the " + field + " is '" + c + "'"));
                return null;
            }
            tokens[i] = (byte) token;
        }
        return tokens;
    }

    private InputProblem bad(int line, String problem) {
        return new InputProblem(name, "line " + line, problem, "Correct the line; the form is " + HEADER + ".");
    }
}
