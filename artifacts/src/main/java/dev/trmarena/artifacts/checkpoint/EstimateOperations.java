package dev.trmarena.artifacts.checkpoint;

/** How much work a network is, to cut work into pieces and to tell people what to expect. */
public final class EstimateOperations {
    /** What a training step costs, in improvement steps of the same examples: the way back is twice the way there, and the loss. */
    private static final double TRAINING = 3.5;

    private EstimateOperations() {}

    /** As {@link #ofStep}, of a step with gradients. */
    public static double ofTrainingStep(HyperParameters hyper, int tokens) {
        return TRAINING * ofStep(hyper, tokens);
    }

    /**
     * Multiplications and additions of one improvement step of one example: the matrix products, which are nearly all of it.
     *
     * @param tokens L of the puzzle set
     */
    public static double ofStep(HyperParameters hyper, int tokens) {
        double positions = tokens + (double) hyper.puzzleEmbLen();
        double hidden = hyper.hiddenSize();
        double inner = hyper.expansion() * hidden * 2 / 3;
        double mlp = 2 * positions * 3 * hidden * inner;
        double mixing;
        if (hyper.mixes()) {
            mlp = 2 * positions * 2 * hidden * (hyper.expansionToken() * hidden);
            mixing = 2 * hidden * 2 * positions * (hyper.expansion() * hidden);
        } else if (hyper.mlpT()) {
            mixing = 2 * hidden * 3 * positions * (hyper.expansion() * positions * 2 / 3);
        } else {
            double width = (double) hyper.numHeads() * hyper.headSize();
            mixing = 2 * positions * 4 * hidden * width + 2 * 2 * positions * positions * width;
        }
        if (hyper.convolution() != null) {
            mlp += 2
                    * positions
                    * hyper.convolution().taps()
                    * hyper.convolution().channels(Math.round(inner));
        }
        return hyper.blockRuns() * (mlp + mixing) + 2.0 * tokens * hidden * hyper.vocabSize();
    }
}
