package dev.trmarena.puzzles.answers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.JsonLines;
import dev.trmarena.puzzles.arc.ReadJson;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.VoteProtocol;
import dev.trmarena.puzzles.set.ArcSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code predictions.jsonl} of an ARC evaluation, as it is downloaded: a line each example, with the grid that votes and its halt logit.
 * They vote and are ranked as those of a run. It is streamed: that of a full set has 800 MB.
 */
final class ReadArcPredictions {
    private static final String REMEDY =
            "Take predictions.jsonl of an evaluation of this very puzzle set, as it was downloaded.";

    private final ArcSet set;
    private final String name;

    ReadArcPredictions(ArcSet set, String name) {
        this.set = set;
        this.name = name;
    }

    ScoreSheet score(Path file, VoteProtocol protocol) throws IOException {
        try (JsonLines lines = ReadJson.lines(file, name, ReadLimits.PREDICTION_LINES_BYTES, ReadLimits.TASK_VALUES);
                Stream<ScoredPrediction> predictions = predictions(lines)) {
            Iterator<ScoredPrediction> once = predictions.iterator();
            if (!once.hasNext()) {
                throw new InputProblem(name, null, "it answers nothing", REMEDY);
            }
            return Scoring.of(set).score(() -> once, protocol);
        }
    }

    private Stream<ScoredPrediction> predictions(JsonLines lines) {
        int[] last = {-1};
        return Stream.generate(() -> next(lines, last))
                .takeWhile(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    private @Nullable ScoredPrediction next(JsonLines lines, int[] last) {
        try {
            JsonNode value = lines.next();
            return value == null ? null : prediction(value, lines.line(), last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ScoredPrediction prediction(JsonNode value, int line, int[] last) {
        JsonNode example = value.path("example");
        if (!example.isInt() || example.intValue() <= last[0] || example.intValue() >= set.exampleCount()) {
            throw bad(
                    line,
                    "its example is to be a number from " + (last[0] + 1) + " to " + (set.exampleCount() - 1)
                            + ": each example once, ascending");
        }
        last[0] = example.intValue();
        Integer task = set.taskOf(last[0]);
        String named = task == null ? null : set.taskName(task);
        if (!Objects.equals(named, value.path("task").textValue())) {
            throw bad(
                    line,
                    "example " + last[0] + " of the puzzle set is of "
                            + (named == null ? "no test task" : "task " + named) + ", here it is of another");
        }
        if (!value.path("q_halt").isNumber()) {
            throw bad(line, "q_halt, the halt logit, is missing, and equal numbers of votes are ranked by it");
        }
        return new ScoredPrediction(
                last[0], grid(value.path("grid"), line), value.path("q_halt").floatValue());
    }

    /** Of any size: what a network gives may be no rows at all. */
    private Grid grid(JsonNode rows, int line) {
        int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        var cells = new int[rows.size()][columns];
        for (int row = 0; row < cells.length; row++) {
            for (int column = 0; column < columns; column++) {
                cells[row][column] = rows.get(row).path(column).asInt(-1);
            }
            if (rows.get(row).size() != columns) {
                throw bad(line, "row " + row + " of its grid is not as long as row 0");
            }
        }
        try {
            return Grid.ofRows(cells);
        } catch (IllegalArgumentException e) {
            throw bad(line, "its grid is none: " + e.getMessage());
        }
    }

    private InputProblem bad(int line, String problem) {
        return new InputProblem(name, "line " + line, problem, REMEDY);
    }
}
