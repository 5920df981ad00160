package dev.trmarena.artifacts.checkpoint;

/** How much memory a network takes where it runs, to refuse what no solver holds before one of them ends by it. */
public final class EstimateMemory {
    private static final long FLOAT = Float.BYTES;

    /** Copies of what lies between two layers: the input, the states of all levels, what a layer adds, and the sums. */
    private static final double COPIES = 12;

    /** Of the inner width of an MLP: gate, up and their product; with a convolution also what it reads, shifted, and its sum. */
    private static final double WIDTHS = 3;

    private static final double WIDTHS_WITH_CONVOLUTION = 9;

    private EstimateMemory() {}

    /**
     * As {@link #ofStep}, of a step with gradients: what each block of the part that is differentiated gave is kept until the way back,
     * which is one of the high cycles.
     */
    public static double ofTrainingStep(HyperParameters hyper, int tokens) {
        return (1 + hyper.blockRuns() / Math.max(1, hyper.hCycles())) * ofStep(hyper, tokens);
    }

    /**
     * Bytes while a network is loaded: every value as it is read, in float32, and as it is kept, in float32 at most. The puzzle
     * embedding stays in its file.
     *
     * @param coreParameters values of the network without the puzzle embedding
     */
    public static long ofLoading(long coreParameters) {
        return 2 * ofKeeping(coreParameters);
    }

    /**
     * Bytes of weights that are trained: beside them their gradients, two moments, their average, and all of these once more while they are kept.
     */
    public static long ofTraining(long coreParameters) {
        return 10 * ofKeeping(coreParameters);
    }

    /** Bytes of a network that is loaded, in float32. */
    public static long ofKeeping(long coreParameters) {
        return FLOAT * coreParameters;
    }

    /**
     * Bytes of one improvement step of one example, in float32: states, what attention and MLPs hold between their products, and
     * the logits. It grows with the square of the positions where kernels keep the weights of attention.
     *
     * @param tokens L of the puzzle set
     */
    public static double ofStep(HyperParameters hyper, int tokens) {
        double positions = tokens + (double) hyper.puzzleEmbLen();
        double hidden = hyper.hiddenSize();
        double widths = hyper.convolution() == null ? WIDTHS : WIDTHS_WITH_CONVOLUTION;
        double mlp = widths * positions * (hyper.expansion() * hidden * 2 / 3);
        double mixing;
        if (hyper.mixes()) {
            mlp = 2 * positions * (hyper.expansionToken() * hidden);
            mixing = 2 * hidden * (hyper.expansion() * hidden);
        } else if (hyper.mlpT()) {
            mixing = 3 * hidden * (hyper.expansion() * positions * 2 / 3);
        } else {
            mixing = 4 * positions * hyper.numHeads() * hyper.headSize() + positions * positions * hyper.numHeads();
        }
        double logits = 2.0 * tokens * hyper.vocabSize();
        return FLOAT * (COPIES * positions * hidden + Math.max(mlp, mixing) + logits);
    }
}
