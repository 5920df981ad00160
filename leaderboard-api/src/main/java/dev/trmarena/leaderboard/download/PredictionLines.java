package dev.trmarena.leaderboard.download;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.set.AugmentedExample;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Predictions as JSON, a line each example:
 *
 * <pre>{"example":7,"task":"00576224","outputs":[0],"ordinal":3,"transform":5,"colours":"0314259876","q_halt":1.5,"grid":[[0,3],…]}</pre>
 *
 * <p>{@code grid} is the one that votes, rows of colours in the orientation and the colours of the task as it is (elsewhere than
 * in ARC rows of tokens); {@code q_halt} the halt logit. Of ARC alone: {@code outputs} are the test outputs that the example
 * votes for, several where their inputs are equal; {@code ordinal} is 0 for the task as it is and n for its n-th augmentation,
 * where {@code transform} (0 to 7, see {@link Augmentation}) had been done and colour c had become the c-th of {@code colours}.
 * {@code task} is null, and there are no outputs, for examples of tasks that are not tested.
 */
final class PredictionLines {
    private final PuzzleSet set;

    PredictionLines(PuzzleSet set) {
        this.set = set;
    }

    /** @return what a line is long, about, in bytes @param tokens of an example */
    static int bytes(int tokens) {
        return 150 + 2 * tokens;
    }

    /** Without the end of the last line: whoever sends lines of JSON in pieces ends each piece with one. */
    void write(List<ScoredPrediction> predictions, OutputStream out) throws IOException {
        var lines = new JsonFactory();
        lines.setRootValueSeparator("\n");
        lines.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try (JsonGenerator json = lines.createGenerator(out)) {
            for (ScoredPrediction prediction : predictions) {
                write(prediction, json);
            }
        }
    }

    private void write(ScoredPrediction prediction, JsonGenerator json) throws IOException {
        int example = prediction.example();
        Integer task = set.taskOf(example);
        json.writeStartObject();
        json.writeNumberField("example", example);
        json.writeStringField("task", task == null ? null : set.taskName(task));
        AugmentedExample shown = set.augmented(example).orElse(null);
        if (shown != null) {
            write(shown, json);
        }
        json.writeNumberField("q_halt", prediction.qHalt());
        json.writeArrayFieldStart("grid");
        Grid grid = prediction.grid();
        for (int row = 0; row < grid.rows(); row++) {
            json.writeStartArray();
            for (int column = 0; column < grid.columns(); column++) {
                json.writeNumber(grid.cell(row, column));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(AugmentedExample shown, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("outputs");
        for (int output : shown.outputs()) {
            json.writeNumber(output);
        }
        json.writeEndArray();
        Augmentation augmentation = shown.augmentation();
        if (augmentation != null) {
            json.writeNumberField("ordinal", shown.ordinal());
            json.writeNumberField("transform", augmentation.transform());
            json.writeStringField(
                    "colours",
                    Arrays.stream(augmentation.colours())
                            .mapToObj(String::valueOf)
                            .collect(Collectors.joining()));
        }
    }
}
