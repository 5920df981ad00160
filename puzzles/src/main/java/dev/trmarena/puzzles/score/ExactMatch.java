package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sudoku, maze and other sequences. Source: the metrics of the authors' {@code losses.py}; examples whose labels are all
 * ignored do not count.
 */
final class ExactMatch {
    private ExactMatch() {}

    static ScoreSheet score(PuzzleSet set, Iterable<ScoredPrediction> predictions) {
        Integer ignore = set.manifest().ignoreLabel();
        List<OutputResult> outputs = new ArrayList<>();
        var counted = new BitSet();
        int haltAgrees = 0;
        double accuracy = 0;
        for (ScoredPrediction prediction : predictions) {
            int[] labels = set.label(prediction.example());
            byte[] cells = prediction.grid().cells();
            int labelled = 0;
            int wrong = 0;
            for (int i = 0; i < labels.length; i++) {
                if (ignore == null || labels[i] != ignore) {
                    labelled++;
                    wrong += labels[i] == (cells[i] & 0xff) ? 0 : 1;
                }
            }
            boolean right = wrong == 0;
            if (labelled > 0) {
                counted.set(prediction.example());
                accuracy += (labelled - wrong) / (double) labelled;
                haltAgrees += (prediction.qHalt() >= 0) == right ? 1 : 0;
            }
            var candidate = new RankedCandidate(prediction.grid(), 1, HaltScore.score(prediction.qHalt()));
            outputs.add(new OutputResult(prediction.example(), 0, 1, right ? 1 : null, wrong, List.of(candidate)));
        }
        int n = Math.max(counted.cardinality(), 1);
        return new ScoreSheet(
                new TreeMap<>(Map.of(
                        "exact_accuracy",
                        exactAccuracy(outputs, counted),
                        "accuracy",
                        accuracy / n,
                        "q_halt_accuracy",
                        haltAgrees / (double) n)),
                outputs);
    }

    /** Share of the outputs that count whose cells are all right. @param counted the examples that count */
    static double exactAccuracy(List<OutputResult> outputs, BitSet counted) {
        int exact = 0;
        int trials = 0;
        for (OutputResult output : outputs) {
            if (counted.get(output.task())) {
                trials++;
                exact += output.solvedWithin(1) ? 1 : 0;
            }
        }
        return exact / (double) Math.max(trials, 1);
    }

    /** The examples with at least one label that is not ignored. Reads all labels of the set, where any can be ignored. */
    static BitSet counted(PuzzleSet set) {
        Integer ignore = set.manifest().ignoreLabel();
        var counted = new BitSet();
        for (int example = 0; example < set.exampleCount(); example++) {
            counted.set(
                    example, ignore == null || Arrays.stream(set.label(example)).anyMatch(label -> label != ignore));
        }
        return counted;
    }
}
