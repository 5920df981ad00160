package dev.trmarena.artifacts.checkpoint;

import java.util.List;

/**
 * The shape and the schedule of a network, by the letters of {@code docs/models.md}, section 2.
 *
 * @param hiddenSize D
 * @param numHeads H
 * @param headSize d = D / H without remainder: attention is H·d wide, which may be less than D
 * @param expansion of the SwiGLU blocks; the shapes of the tensors hold all of it
 * @param hCycles times the high-level state is updated in one improvement step
 * @param lCycles times the low-level state is updated before each of them; 0 where there is none
 * @param hLayers blocks of {@code H_level}; 0 where there is none
 * @param lLayers blocks of {@code L_level}; 0 where there is none
 * @param haltMaxSteps improvement steps of an evaluation
 * @param actInference whether rows that want to halt start again, as the transformer baseline can evaluate
 * @param mlpT whether blocks mix tokens by an MLP instead of attention
 * @param posEncodings {@code rope}, {@code learned} or {@code none}
 * @param puzzleEmbNdim width of a row of the puzzle embedding, 0 when there is none
 * @param puzzleEmbLen P, resolved: positions in front of the puzzle's tokens
 * @param forwardDtype {@code float32}, {@code bfloat16} or {@code float16}
 * @param vocabSize V
 * @param seqLen L where the tensors fix it, else 0
 * @param identifierCount N, 0 when there is no puzzle embedding
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
        int identifierCount) {
    /** What {@code posEncodings} may be; a family may know fewer. */
    public static final List<String> POSITION_ENCODINGS = List.of("rope", "learned", "none");

    /** What a network may compute in, as its configuration says it. */
    public static final List<String> FORWARD_DTYPES = List.of("float32", "bfloat16", "float16");

    /** The same network with other cycles. */
    public HyperParameters withCycles(int high, int low) {
        return new HyperParameters(
                hiddenSize,
                numHeads,
                headSize,
                expansion,
                high,
                low,
                hLayers,
                lLayers,
                haltMaxSteps,
                actInference,
                mlpT,
                posEncodings,
                ropeTheta,
                rmsNormEps,
                puzzleEmbNdim,
                puzzleEmbLen,
                forwardDtype,
                vocabSize,
                seqLen,
                identifierCount);
    }
}
