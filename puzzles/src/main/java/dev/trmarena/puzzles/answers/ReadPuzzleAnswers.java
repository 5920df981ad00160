package dev.trmarena.puzzles.answers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.JsonLines;
import dev.trmarena.puzzles.arc.ReadJson;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.set.CsvTable;
import dev.trmarena.puzzles.set.LabelledSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers to Sudokus, mazes and other puzzles that have one answer each: a CSV {@code id,answer}, or JSON lines of {@code id} and {@code
 * answer}, or of {@code example} and {@code grid}, as an evaluation is downloaded. An id is the number of the puzzle in its set as pages
 * and tables name it, from 1, with or without {@code #}; an answer is written as a CSV of such puzzles writes it.
 */
final class ReadPuzzleAnswers {
    private static final String REMEDY = ArcAnswers.REMEDY;

    private final LabelledSet set;
    private final String name;
    private final boolean lenient;
    private final Findings findings = new Findings();
    private final byte[] cells;
    private final int length;
    private final BitSet said = new BitSet();
    private final BitSet answered = new BitSet();
    private float @Nullable [] qHalt;
    private int unreadable;
    private int unknown;

    ReadPuzzleAnswers(LabelledSet set, String name, boolean lenient) {
        this.set = set;
        this.name = name;
        this.lenient = lenient;
        this.length = set.manifest().seqLen();
        long held = (long) set.exampleCount() * length;
        if (held > ReadLimits.ANSWER_CELLS) {
            throw new InputProblem(
                    name,
                    null,
                    "the puzzles of the set have " + held + " cells, answers to at most " + ReadLimits.ANSWER_CELLS
                            + " are read",
                    "Import the set as several smaller ones.");
        }
        this.cells = new byte[(int) held];
    }

    void lines(Path file) throws IOException {
        try (JsonLines lines = ReadJson.lines(file, name, ReadLimits.PREDICTION_LINES_BYTES, ReadLimits.TASK_VALUES)) {
            for (JsonNode value = lines.next(); value != null; value = lines.next()) {
                if (value.has("example")) {
                    prediction(lines.line(), value);
                } else {
                    answer(
                            lines.line(),
                            value.path("id").asText(""),
                            value.path("answer").asText(""));
                }
            }
        }
    }

    void csv(Path file) throws IOException {
        new CsvTable(file, "id,answer").read((line, fields) -> {
            if (fields.length == 2) {
                answer(line, fields[0], fields[1]);
            } else {
                wrong(line, "it has " + fields.length + " fields, 2 were expected");
            }
        });
    }

    private void prediction(int line, JsonNode value) {
        JsonNode example = value.path("example");
        if (!example.isInt() || !known(line, example.intValue(), Quote.of(example.toString()))) {
            return;
        }
        byte[] tokens = tokens(value.path("grid"));
        if (tokens == null) {
            wrong(line, "its grid has not " + length + " cells from 0 to 255");
            return;
        }
        if (value.path("q_halt").isNumber()) {
            qHalt = qHalt == null ? new float[set.exampleCount()] : qHalt;
            qHalt[example.intValue()] = value.path("q_halt").floatValue();
        }
        put(example.intValue(), tokens);
    }

    private byte @Nullable [] tokens(JsonNode grid) {
        byte[] tokens = new byte[length];
        int at = 0;
        for (JsonNode row : grid) {
            for (JsonNode cell : row) {
                if (at == length || !cell.isInt() || cell.intValue() < 0 || cell.intValue() > 255) {
                    return null;
                }
                tokens[at++] = (byte) cell.intValue();
            }
        }
        return at == length ? tokens : null;
    }

    private void answer(int line, String id, String answer) {
        Integer number = number(id);
        if (number == null) {
            wrong(line, "'" + Quote.of(id) + "' is no id: it is the number of the puzzle in its set, from 1");
            return;
        }
        if (!known(line, number - 1, id) || answer.isEmpty()) {
            return;
        }
        Optional<byte[]> tokens = set.tokensOf(answer);
        if (tokens.isEmpty()) {
            wrong(
                    line,
                    "the answer has " + answer.length() + " cells; " + length
                            + " were expected, written as in a CSV of such puzzles");
            return;
        }
        put(number - 1, tokens.get());
    }

    private static @Nullable Integer number(String id) {
        String digits = id.startsWith("#") ? id.substring(1) : id;
        return digits.matches("[1-9][0-9]{0,8}") ? Integer.valueOf(digits) : null;
    }

    /** Notes that something is said of a puzzle. */
    private boolean known(int line, int example, String id) {
        if (example < 0 || example >= set.exampleCount()) {
            unknown++;
            return false;
        }
        if (said.get(example)) {
            wrong(line, "puzzle " + id + " is answered twice");
            return false;
        }
        said.set(example);
        return true;
    }

    private void put(int example, byte[] tokens) {
        System.arraycopy(tokens, 0, cells, example * length, length);
        answered.set(example);
    }

    private void wrong(int line, String problem) {
        if (lenient) {
            unreadable++;
        } else {
            findings.add(name, "line " + line, problem, REMEDY);
        }
    }

    /** Whether there is a halt logit of what was read. */
    boolean halts() {
        return qHalt != null;
    }

    /** Whether there is an answer to a puzzle. */
    boolean isAnswered(int example) {
        return answered.get(example);
    }

    /** Each puzzle once, in order; where there is no answer, one that is wrong in each cell. */
    Iterable<ScoredPrediction> predictions() {
        findings.throwIfAny();
        if (said.isEmpty()) {
            throw new InputProblem(
                    name,
                    null,
                    unknown == 0 ? "it answers nothing" : "none of its " + unknown + " ids is in the puzzle set",
                    "Name the puzzle set that was answered.");
        }
        return () -> IntStream.range(0, set.exampleCount())
                .mapToObj(example -> {
                    byte[] tokens = new byte[length];
                    if (answered.get(example)) {
                        System.arraycopy(cells, example * length, tokens, 0, length);
                    } else {
                        int[] label = set.label(example);
                        for (int i = 0; i < length; i++) {
                            tokens[i] = (byte) (label[i] == 0 ? 1 : 0);
                        }
                    }
                    return ScoredPrediction.of(set, example, tokens, qHalt == null ? 0 : qHalt[example]);
                })
                .iterator();
    }

    AnswersReport report() {
        int missing = set.exampleCount() - said.cardinality();
        int unanswered = said.cardinality() - answered.cardinality();
        return new AnswersReport(set.exampleCount(), missing, unanswered, unreadable, 0, unknown, List.of(), null);
    }
}
