package dev.trmarena.puzzles.answers;

import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.PredictionArrays;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.VoteProtocol;
import dev.trmarena.puzzles.set.LabelledSet;
import dev.trmarena.puzzles.set.LooseArcSet;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Predictions in arrays: they vote and are ranked as those of a run. Of ARC each example says by its identifier and its input what it
 * answers; without these, and of other puzzles, it is the example of the set at the same place.
 */
final class ReadPredictions {
    private static final String REMEDY = "Save them in the order of the puzzle set.";

    private final PuzzleSet set;
    private final PredictionFiles files;

    ReadPredictions(PuzzleSet set, PredictionFiles files) {
        this.set = set;
        this.files = files;
    }

    /** @throws InputProblem naming array, example and cell */
    ScoredAnswers score() throws IOException {
        PuzzleSet answered = answered();
        var arrays = new PredictionArrays(answered, files.predictions(), files.qHalt());
        Scoring scoring = Scoring.of(answered);
        var missing = new Missing();
        // The grids are in the arrays, which stay open when their files are gone; a second copy of them would be as
        // large.
        ScoreSheet sheet = scoring.score(arrays, VoteProtocol.ALL, missing);
        var report = new AnswersReport(sheet.outputs().size(), missing.count(), 0, 0, 0, 0, List.of(), null);
        return new ScoredAnswers(
                sheet, scoring.intervals(sheet), report, each -> scoring.score(arrays, VoteProtocol.ALL, each));
    }

    private PuzzleSet answered() throws IOException {
        Path identifiers = files.identifiers();
        Path inputs = files.inputs();
        if (identifiers == null || inputs == null) {
            return set;
        }
        LabelledSet puzzles = set.match(arc -> null, labelled -> labelled);
        if (puzzles != null) {
            requireOrder(puzzles, inputs);
            return set;
        }
        return LooseArcSet.of(set.match(arc -> arc, labelled -> null), identifiers, inputs);
    }

    /** What was predicted in another order would be scored against other puzzles. */
    private static void requireOrder(LabelledSet set, Path inputs) throws IOException {
        NpyArray given = Npy.open(inputs);
        int length = set.manifest().seqLen();
        if (!given.isInteger() || !Arrays.equals(given.shape(), new int[] {set.exampleCount(), length})) {
            throw bad(
                    inputs,
                    null,
                    "it is " + given.type() + " of shape " + Arrays.toString(given.shape()) + "; integers of shape ["
                            + set.exampleCount() + ", " + length + "] were expected");
        }
        for (int example = 0; example < set.exampleCount(); example++) {
            int[] expected = set.input(example);
            for (int cell = 0; cell < length; cell++) {
                if (given.longAt((long) example * length + cell) != expected[cell]) {
                    throw bad(inputs, "example " + example, "it is not the puzzle that the set has at this place");
                }
            }
        }
    }

    private static InputProblem bad(Path file, @Nullable String place, String problem) {
        return new InputProblem(String.valueOf(file.getFileName()), place, problem, REMEDY);
    }

    /** Test outputs that nothing voted for. */
    private static final class Missing implements Consumer<OutputResult> {
        private int count;

        @Override
        public void accept(OutputResult output) {
            count += output.candidates() == 0 ? 1 : 0;
        }

        int count() {
            return count;
        }
    }
}
