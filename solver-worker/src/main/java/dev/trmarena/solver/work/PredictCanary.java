package dev.trmarena.solver.work;

import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.messages.Prediction;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.set.Canary;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Schedule;
import dev.trmarena.solver.model.StepOutputs;
import dev.trmarena.solver.solve.BatchAnswers;
import dev.trmarena.solver.solve.SolveBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Runs some demonstrations of a canary by a protocol. Only the last answer counts, so no step is followed. */
final class PredictCanary {
    private PredictCanary() {}

    /**
     * @param examples places in the canary
     * @param steps told of every step, and asked after it
     * @throws CancellationException when it says so
     */
    static List<Prediction> predict(
            Network network, Canary canary, int[] examples, Protocol protocol, UnitSolver.Steps steps)
            throws IOException {
        int[][] inputs = new int[examples.length][];
        int[] identifiers = new int[examples.length];
        for (int b = 0; b < examples.length; b++) {
            inputs[b] = canary.input(examples[b]);
            identifiers[b] = network.hyperParameters().identifierOffset() + canary.puzzleIdentifier(examples[b]);
        }
        boolean rowByRow = network.hyperParameters().actInference();
        double each = EstimateOperations.ofStep(network.hyperParameters(), inputs[0].length);
        steps.begins(each * (rowByRow ? 1 : examples.length));
        BatchAnswers answers = SolveBatch.solve(
                network,
                inputs,
                identifiers,
                new int[] {0},
                new Schedule(protocol.steps(), protocol.earlyHalting()),
                StepOutputs.ANSWER,
                result -> {
                    if (steps.abandoned()) {
                        throw new CancellationException("abandoned after step " + result.step());
                    }
                    if (!result.last() || rowByRow) {
                        steps.begins(each * PredictBatch.going(result));
                    }
                });
        List<Prediction> predictions = new ArrayList<>();
        for (int b = 0; b < examples.length; b++) {
            float qHalt = answers.qHalt()[b];
            if (!Float.isFinite(qHalt)) {
                throw new IllegalArgumentException("demonstration " + examples[b] + ": the halt logit is " + qHalt
                        + "; check the weights for values that are not finite");
            }
            predictions.add(new Prediction(
                    examples[b], answers.tokens()[b], qHalt, answers.steps()[b], new byte[0], List.of()));
        }
        return predictions;
    }
}
