package dev.trmarena.leaderboard.record;

import dev.trmarena.db.record.GridPrediction;
import dev.trmarena.messages.Prediction;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.StepHistory;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.ArrayList;
import java.util.List;

/**
 * From predictions as they are sent, tokens, to predictions as they are scored, grids of the task as it is.
 *
 * @param rowsLeave whether an example may end before the last step of the protocol, by a rule of the network's own
 */
record PredictionDecoder(PuzzleSet set, Protocol protocol, boolean rowsLeave) {
    /** @throws IllegalArgumentException when no solver answers so by this protocol on this set */
    GridPrediction decode(Prediction prediction) {
        int example = prediction.example();
        if (example >= set.exampleCount() || !protocol.votes().votes(set, example)) {
            throw new IllegalArgumentException("example " + example + "; the puzzle set has " + set.exampleCount()
                    + ", the protocol is " + protocol.key());
        }
        byte[] stepHistory = prediction.stepHistory();
        // Without a history it is act_inference, where a row halts by itself.
        boolean exactly = stepHistory.length > 0 && !protocol.earlyHalting() && !rowsLeave;
        if (prediction.steps() > protocol.steps() || exactly && prediction.steps() < protocol.steps()) {
            throw new IllegalArgumentException(
                    "example " + example + " took " + prediction.steps() + " steps; the protocol is " + protocol.key());
        }
        requireLength(example, prediction.tokens());
        ScoredPrediction scored = ScoredPrediction.of(set, example, prediction.tokens(), prediction.qHalt());
        return new GridPrediction(scored, prediction.steps(), stepHistory, replay(prediction));
    }

    private List<GridPrediction.Frame> replay(Prediction prediction) {
        List<GridPrediction.Frame> replay = new ArrayList<>();
        if (prediction.stepHistory().length == 0 && prediction.replay().isEmpty()) {
            return replay;
        }
        var followed = StepHistory.of(prediction.stepHistory());
        List<byte[]> frames = prediction.replay();
        boolean fits = frames.isEmpty() || frames.size() == followed.steps();
        if (followed.steps() != prediction.steps() || !fits) {
            throw new IllegalArgumentException("example " + prediction.example() + ": " + prediction.steps()
                    + " steps, a step history of " + followed.steps() + ", a step replay of " + frames.size());
        }
        for (int step = 0; step < frames.size(); step++) {
            replay.add(new GridPrediction.Frame(grid(prediction.example(), frames.get(step)), followed.qHalts()[step]));
        }
        return replay;
    }

    private Grid grid(int example, byte[] tokens) {
        requireLength(example, tokens);
        return set.prediction(example, tokens);
    }

    private void requireLength(int example, byte[] tokens) {
        if (tokens.length != set.manifest().seqLen()) {
            throw new IllegalArgumentException(
                    "example " + example + " with " + tokens.length + " tokens; the puzzle set has examples of "
                            + set.manifest().seqLen() + " tokens");
        }
    }
}
