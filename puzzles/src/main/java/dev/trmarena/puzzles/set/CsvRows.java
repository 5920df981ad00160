package dev.trmarena.puzzles.set;

import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.InputProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code source,question,answer,rating}, a puzzle a row, fields quoted where they need it, between commas, semicolons or tabs.
 * Sudoku: digits, blanks as '.' or '0', token = digit + 1. Maze: the characters {@code # SGo}, tokens 1 to 5. Source: the authors'
 * {@code build_sudoku_dataset.py}, {@code build_maze_dataset.py}.
 */
public final class CsvRows {
    private static final String HEADER = "source,question,answer,rating";

    private final String name;
    private final Path file;
    private final Findings findings = new Findings();
    private final Warnings warnings = new Warnings();
    private long stepsLeft;
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

    /** Has puzzles looked at for second solutions while they are read; there are {@link #warnings} about them then. */
    CsvRows lookingForSecondSolutions() {
        stepsLeft = ReadLimits.SOLUTION_STEPS;
        return this;
    }

    /**
     * Reads the whole file once.
     *
     * @throws InputProblem when it is not sound, with the first problems; rows may have been handed over before
     */
    public Shape read(Consumer<Row> action) throws IOException {
        count = 0;
        int last = new CsvTable(file, HEADER).read((line, fields) -> row(fields, line, action));
        findings.throwIfAny();
        if (kind == null || length == 0) {
            throw bad(last, "there is no puzzle after the header");
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
        if (question != null && answer != null && holds(cells, question, answer, line)) {
            count++;
            ReadSize.require(name, null, count, ReadLimits.EXAMPLES);
            action.accept(new Row(line, question, answer, fields[3]));
        }
    }

    private boolean holds(CsvCells cells, byte[] question, byte[] answer, int line) {
        int side = PuzzleSetImport.sideOf(length);
        String contradiction = cells.contradiction(question, answer, side);
        if (contradiction != null) {
            findings.add(bad(line, contradiction));
            return false;
        }
        int most = (int) Math.min(stepsLeft, ReadLimits.SOLUTION_STEPS_OF_ONE);
        int steps = most == 0 ? 0 : cells.secondSolution(question, answer, side, most);
        stepsLeft -= Math.min(most, Math.abs(steps));
        if (steps < 0) {
            warnings.add(name + ", line " + line + ": the puzzle has a second solution, which counts as wrong");
        }
        if (most > 0 && stepsLeft <= 0) {
            warnings.add(name + ", line " + line
                    + ": from here on nothing was looked at for second solutions, it would take long");
        }
        return true;
    }

    /** What is odd about rows that were read, by line; as many as problems are told. */
    List<String> warnings() {
        return warnings.first();
    }

    /** Those that are told and all others. */
    int warningCount() {
        return warnings.count();
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
        return CsvTable.bad(name, line, problem, HEADER);
    }
}
