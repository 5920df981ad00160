package dev.trmarena.artifacts.checkpoint;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How a checkpoint goes on being trained, by the names that the authors' trainer has for it, without their underscores.
 *
 * @param lr rate of the weights
 * @param puzzleEmbLr rate of the rows of the puzzle embedding
 * @param weightDecay of the weights; each update takes rate times decay of them
 * @param puzzleEmbWeightDecay of the rows; likewise
 * @param lrWarmupSteps in which both rates rise in a line from 0
 * @param lrMinRatio share of a rate that is left when the cosine after that has come down
 * @param beta1 of AdamATan2
 * @param beta2 of AdamATan2
 * @param ema whether a moving average of the weights is kept, evaluated and saved in their place
 * @param emaRate how much of the average stays in a step
 * @param freezeWeights whether the rows alone are trained
 * @param haltExplorationProb how often a slot must go on for a number of steps that is drawn
 * @param totalSteps T, at which the cosine has come down; no step after it changes anything
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TrainerSettings(
        double lr,
        double puzzleEmbLr,
        double weightDecay,
        double puzzleEmbWeightDecay,
        int lrWarmupSteps,
        double lrMinRatio,
        double beta1,
        double beta2,
        boolean ema,
        double emaRate,
        boolean freezeWeights,
        double haltExplorationProb,
        int totalSteps) {

    /** The same with another T. */
    public TrainerSettings withTotalSteps(int steps) {
        return new TrainerSettings(
                lr,
                puzzleEmbLr,
                weightDecay,
                puzzleEmbWeightDecay,
                lrWarmupSteps,
                lrMinRatio,
                beta1,
                beta2,
                ema,
                emaRate,
                freezeWeights,
                haltExplorationProb,
                steps);
    }

    /** T as the authors' trainer has it of the train split of a set. @param batch B */
    public static int totalSteps(double epochs, int groups, double meanPuzzleExamples, int batch) {
        double steps = epochs * groups * meanPuzzleExamples / batch;
        if (!(steps >= 0 && steps < Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(epochs + " epochs of " + groups + " groups in batches of " + batch);
        }
        return (int) steps;
    }

    /** The share of a rate that holds in a step: a line up, then half a cosine down. @param step from 1 */
    public double share(int step) {
        if (step < lrWarmupSteps) {
            return (double) step / lrWarmupSteps;
        }
        double passed = (double) (step - lrWarmupSteps) / Math.max(1, totalSteps - lrWarmupSteps);
        return lrMinRatio + Math.max(0, (1 - lrMinRatio) * 0.5 * (1 + Math.cos(Math.PI * passed)));
    }
}
