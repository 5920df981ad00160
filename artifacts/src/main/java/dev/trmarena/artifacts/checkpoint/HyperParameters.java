package dev.trmarena.artifacts.checkpoint;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape and the schedule of a network, by the letters of {@code docs/models.md}, section 2. It is made by a {@link Draft}.
 *
 * @param hiddenSize D
 * @param numHeads H
 * @param headSize d = D / H without remainder: attention is H·d wide, which may be less than D
 * @param expansion of the SwiGLU blocks; the shapes of the tensors hold all of it
 * @param hCycles times the high-level state is updated in one improvement step
 * @param lCycles times the low-level state is updated before each of them; 0 where there is none
 * @param hLayers blocks of {@code H_level}; 0 where there is none
 * @param lLayers blocks of {@code L_level}, or of the only level of a family that calls it otherwise; 0 where there is none
 * @param haltMaxSteps improvement steps of an evaluation
 * @param actInference whether rows that want to halt start again, as the transformer baseline can evaluate
 * @param mlpT whether blocks mix tokens by an MLP instead of attention
 * @param posEncodings {@code rope}, {@code rope2d} (rows and columns of a square board), {@code learned} or {@code none}
 * @param puzzleEmbNdim width of a row of the puzzle embedding, 0 when there is none
 * @param puzzleEmbLen P, resolved: positions in front of the puzzle's tokens
 * @param forwardDtype {@code float32}, {@code bfloat16} or {@code float16}
 * @param vocabSize V
 * @param seqLen L where the tensors or the configuration fix it, else 0
 * @param identifierCount N, 0 when there is no puzzle embedding
 * @param convolution inside the MLP of every block; null where there is none, and not in manifests then
 * @param expansionToken of the MLPs that mix channels where {@code expansion} is that of the MLPs that mix positions, both times D;
 *     0 in families without such MLPs, and then not written
 * @param haltProbThres the halt probability at which a row leaves with its answer, above 0 to 1; 0 in families whose rows all take
 *     all steps, and then not written
 * @param identifierOffset row of the puzzle embedding that identifier 0 of the puzzle set stands for: of networks that were trained on
 *     several sets joined, see {@link Leeway}; else 0
 */
public record HyperParameters(
        int hiddenSize,
        int numHeads,
        int headSize,
        double expansion,
        int hCycles,
        int lCycles,
        int hLayers,
        int lLayers,
        int haltMaxSteps,
        boolean actInference,
        boolean mlpT,
        String posEncodings,
        double ropeTheta,
        double rmsNormEps,
        int puzzleEmbNdim,
        int puzzleEmbLen,
        String forwardDtype,
        int vocabSize,
        int seqLen,
        int identifierCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Convolution convolution,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) double expansionToken,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) double haltProbThres,
        // Left out where it does not apply: what was run before there was one is the same work.
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int identifierOffset) {
    private static final String DOWN = "mlp.down_proj.weight";

    /** What {@code posEncodings} may be; a family may know fewer. */
    public static final List<String> POSITION_ENCODINGS = List.of("rope", "rope2d", "learned", "none");

    /** What a network may compute in, as its configuration says it. */
    public static final List<String> FORWARD_DTYPES = List.of("float32", "bfloat16", "float16");

    /** The same network with other cycles. */
    public HyperParameters withCycles(int high, int low) {
        var other = new Draft(this);
        other.hCycles = high;
        other.lCycles = low;
        return other.made();
    }

    /** The same network on a puzzle set that begins at this row of its puzzle embedding. */
    public HyperParameters withIdentifierOffset(int offset) {
        var other = new Draft(this);
        other.identifierOffset = offset;
        return other.made();
    }

    /** The same network with a row for each identifier of another puzzle set. */
    public HyperParameters withIdentifiers(int count) {
        var other = new Draft(this);
        other.identifierCount = count;
        other.identifierOffset = 0;
        return other.made();
    }

    /** Whether so many cells are a square board; 0, an unknown number, may be. */
    public static boolean isSquare(int cells) {
        int side = (int) Math.sqrt(cells);
        return side * side == cells;
    }

    /** Whether its tokens are the cells of a square board, row by row: their number is a square then. */
    public boolean onBoard() {
        return convolution == Convolution.BOARD || posEncodings.equals("rope2d") && !mlpT;
    }

    /**
     * Tensors of a block, named below it, in the order in which the scripts number them: what mixes positions, the MLP, its
     * convolution.
     */
    public List<String> blockTensors() {
        var names = new ArrayList<String>();
        names.add(mlpT ? "mlp_t.gate_up_proj.weight" : "self_attn.qkv_proj.weight");
        names.add(mlpT ? "mlp_t.down_proj.weight" : "self_attn.o_proj.weight");
        names.add("mlp.gate_up_proj.weight");
        names.add(DOWN);
        if (convolution != null) {
            names.add(convolution.weight());
            names.add(convolution.bias());
        }
        return List.copyOf(names);
    }

    /** Whether a tensor of a block is run in the type in which the convolution is stored, whatever the rest is run in. */
    public boolean runsAsStored(String blockTensor) {
        return convolution == Convolution.PAIR
                && (blockTensor.equals(DOWN)
                        || blockTensor.equals(convolution.weight())
                        || blockTensor.equals(convolution.bias()));
    }

    /** Blocks that run in one improvement step. */
    double blockRuns() {
        double low = (double) Math.max(1, hCycles) * lCycles * lLayers;
        // One state has no update of another after the low cycles.
        int high = convolution == Convolution.PAIR ? 0 : hLayers > 0 ? hLayers : lLayers;
        return low + (double) Math.max(1, hCycles) * high;
    }

    /** The setting by which the rows of a batch halt in a way that is the network's own; null when all take all steps. */
    public @Nullable String halting() {
        return actInference ? "act_inference" : haltProbThres > 0 ? "halt_prob_thres" : null;
    }

    /** Whether blocks are those of a mixer: MLPs of two matrices over positions and over channels. */
    boolean mixes() {
        return expansionToken > 0;
    }

    /**
     * Each value under its name, where by their places two numbers would be exchanged and nobody see it. What is not set a network
     * has not; encodings and type are to be set.
     */
    public static final class Draft {
        public int hiddenSize;
        public int numHeads;
        public int headSize;
        public double expansion;
        public int hCycles;
        public int lCycles;
        public int hLayers;
        public int lLayers;
        public int haltMaxSteps;
        public boolean actInference;
        public boolean mlpT;
        public @Nullable String posEncodings;
        public double ropeTheta;
        public double rmsNormEps;
        public int puzzleEmbNdim;
        public int puzzleEmbLen;
        public @Nullable String forwardDtype;
        public int vocabSize;
        public int seqLen;
        public int identifierCount;
        public @Nullable Convolution convolution;
        public double expansionToken;
        public double haltProbThres;
        public int identifierOffset;

        public Draft() {}

        private Draft(HyperParameters from) {
            hiddenSize = from.hiddenSize;
            numHeads = from.numHeads;
            headSize = from.headSize;
            expansion = from.expansion;
            hCycles = from.hCycles;
            lCycles = from.lCycles;
            hLayers = from.hLayers;
            lLayers = from.lLayers;
            haltMaxSteps = from.haltMaxSteps;
            actInference = from.actInference;
            mlpT = from.mlpT;
            posEncodings = from.posEncodings;
            ropeTheta = from.ropeTheta;
            rmsNormEps = from.rmsNormEps;
            puzzleEmbNdim = from.puzzleEmbNdim;
            puzzleEmbLen = from.puzzleEmbLen;
            forwardDtype = from.forwardDtype;
            vocabSize = from.vocabSize;
            seqLen = from.seqLen;
            identifierCount = from.identifierCount;
            convolution = from.convolution;
            expansionToken = from.expansionToken;
            haltProbThres = from.haltProbThres;
            identifierOffset = from.identifierOffset;
        }

        /** @throws NullPointerException naming what had to be set */
        public HyperParameters made() {
            return new HyperParameters(
                    hiddenSize,
                    numHeads,
                    headSize,
                    expansion,
                    hCycles,
                    lCycles,
                    hLayers,
                    lLayers,
                    haltMaxSteps,
                    actInference,
                    mlpT,
                    requireNonNull(posEncodings, "posEncodings"),
                    ropeTheta,
                    rmsNormEps,
                    puzzleEmbNdim,
                    puzzleEmbLen,
                    requireNonNull(forwardDtype, "forwardDtype"),
                    vocabSize,
                    seqLen,
                    identifierCount,
                    convolution,
                    expansionToken,
                    haltProbThres,
                    identifierOffset);
        }
    }
}
