package dev.trmarena.solver.work;

import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.messages.Prediction;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.score.StepHistory;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Schedule;
import dev.trmarena.solver.model.StepOutputs;
import dev.trmarena.solver.model.StepResult;
import dev.trmarena.solver.solve.BatchAnswers;
import dev.trmarena.solver.solve.SolveBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Runs some examples of a puzzle set by a protocol and keeps what each answered after every step. */
final class PredictBatch {
    private final PuzzleSet set;
    private final int[] examples;
    private final boolean[] replayed;
    private final List<List<byte[]>> answers = new ArrayList<>();
    private final long[][] histories;
    private final float[][] qHalts;

    private PredictBatch(PuzzleSet set, int[] examples, int steps, int replayTasks) {
        this.set = set;
        this.examples = examples;
        this.histories = new long[examples.length][steps];
        this.qHalts = new float[examples.length][steps];
        this.replayed = new boolean[examples.length];
        for (int b = 0; b < examples.length; b++) {
            Integer task = set.taskOf(examples[b]);
            replayed[b] = task != null && task < replayTasks && set.augmentationOrdinal(examples[b]) == 0;
            answers.add(new ArrayList<>());
        }
    }

    /**
     * @param firsts of the units that the examples are of: the place at which each begins
     * @param replayTasks see {@link dev.trmarena.messages.WorkUnit}
     * @param steps told of every step, and asked after it
     * @throws CancellationException when it says so
     */
    static List<Prediction> predict(
            Network network,
            PuzzleSet set,
            int[] examples,
            int[] firsts,
            Protocol protocol,
            int replayTasks,
            UnitSolver.Steps steps)
            throws IOException {
        int[][] inputs = new int[examples.length][];
        int[] identifiers = new int[examples.length];
        int first = network.hyperParameters().identifierOffset();
        for (int b = 0; b < examples.length; b++) {
            inputs[b] = set.input(examples[b]);
            identifiers[b] = protocol.blankIdentifier() ? 0 : first + set.puzzleIdentifier(examples[b]);
        }
        // act_inference runs one row after the other, each in steps of its own: nothing there to put side by side.
        boolean follows = !network.hyperParameters().actInference();
        var batch = new PredictBatch(set, examples, protocol.steps(), replayTasks);
        double each = EstimateOperations.ofStep(
                network.hyperParameters(), set.manifest().seqLen());
        steps.begins(each * (follows ? examples.length : 1));
        BatchAnswers answers = SolveBatch.solve(
                network,
                inputs,
                identifiers,
                firsts,
                new Schedule(protocol.steps(), protocol.earlyHalting()),
                follows ? StepOutputs.EVERY_ANSWER : StepOutputs.ANSWER,
                result -> {
                    if (steps.abandoned()) {
                        throw new CancellationException("abandoned after step " + result.step());
                    }
                    if (follows) {
                        batch.follow(result);
                    }
                    if (!result.last() || !follows) {
                        steps.begins(each * going(result));
                    }
                });
        return batch.predictions(answers, follows);
    }

    /** How many rows take the next step; the next row's first is taken by that row alone. */
    static int going(StepResult result) {
        return Math.max(1, result.going());
    }

    private void follow(StepResult result) {
        for (int b = 0; b < examples.length; b++) {
            if (result.steps()[b] < result.step()) {
                continue;
            }
            byte[] tokens = result.answer(b);
            List<byte[]> before = answers.get(b);
            int step = result.step() - 1;
            // Most answers stand after a few steps; turning them back and hashing is for those that changed.
            boolean same = step > 0 && Arrays.equals(before.get(before.size() - 1), tokens);
            histories[b][step] = same ? histories[b][step - 1] : StepHistory.answer(set, examples[b], tokens);
            qHalts[b][step] = result.qHalt()[b];
            if (!replayed[b]) {
                before.clear();
            }
            before.add(tokens);
        }
    }

    private List<Prediction> predictions(BatchAnswers all, boolean follows) {
        List<Prediction> predictions = new ArrayList<>();
        for (int b = 0; b < examples.length; b++) {
            if (!Float.isFinite(all.qHalt()[b])) {
                throw new IllegalArgumentException("example " + examples[b] + ": the halt logit is " + all.qHalt()[b]
                        + "; check the weights for values that are not finite");
            }
            predictions.add(new Prediction(
                    examples[b],
                    all.tokens()[b],
                    all.qHalt()[b],
                    all.steps()[b],
                    follows ? history(b, all.steps()[b]) : new byte[0],
                    follows && replayed[b] ? answers.get(b) : List.of()));
        }
        return predictions;
    }

    private byte[] history(int b, int steps) {
        return new StepHistory(Arrays.copyOf(histories[b], steps), Arrays.copyOf(qHalts[b], steps)).toBytes();
    }
}
