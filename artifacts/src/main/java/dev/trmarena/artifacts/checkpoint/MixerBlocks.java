package dev.trmarena.artifacts.checkpoint;

import static dev.trmarena.artifacts.checkpoint.TensorShapes.ANY;

import dev.trmarena.artifacts.checkpoint.Architecture.Ends;
import dev.trmarena.limits.ReadLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * The MLP mixer of lucidrains' tiny-recursive-model: each block mixes positions, then channels, each by an MLP of two matrices
 * behind a norm. What it holds, and which settings follow from that; the letters are those of {@code docs/models.md}.
 *
 * <p>Source: {@code MLPMixer1D} in {@code tiny_recursive_model/mlp_mixer_1d.py}, {@code trm.py} and its defaults.
 */
public final class MixerBlocks {
    /** It has no configuration file, and its norm has this constant. */
    private static final double EPS = 1e-5;

    private static final String NETWORK = "network.";
    private static final String MIXES_POSITIONS = ".0.fn.";
    private static final String MIXES_CHANNELS = ".1.fn.";
    private static final String IN = "0.weight";
    private static final String OUT = "3.weight";

    private MixerBlocks() {}

    /** Names of the matrices, four a block: into and out of the mixing of positions, then of channels. */
    public static List<String> matrices(int layers) {
        var names = new ArrayList<String>();
        for (int i = 0; i < layers; i++) {
            for (String part : List.of(MIXES_POSITIONS, MIXES_CHANNELS)) {
                names.add(NETWORK + i + part + IN);
                names.add(NETWORK + i + part + OUT);
            }
        }
        return names;
    }

    /** Names of the vectors, six a block: the norm and both biases of each mixing; at the end the last norm. */
    public static List<String> vectors(int layers) {
        var names = new ArrayList<String>();
        for (int i = 0; i < layers; i++) {
            for (String part : List.of(".0.", ".1.")) {
                names.add(NETWORK + i + part + "norm.weight");
                names.add(NETWORK + i + part + "fn.0.bias");
                names.add(NETWORK + i + part + "fn.3.bias");
            }
        }
        names.add(NETWORK + layers + ".weight");
        return names;
    }

    /** The name by which a block is known to be there. */
    static String first(int block) {
        return NETWORK + block + MIXES_POSITIONS + IN;
    }

    /**
     * As {@link CheckTensors#hyperParameters}: the tensors tell all but how often the network runs.
     *
     * @throws BadCheckpoint also for a network of another library, by its name
     */
    static HyperParameters hyperParameters(TensorShapes tensors, Settings settings) {
        tensors.refuse(
                NETWORK + "layers.",
                "its network is one of x-transformers (Encoder or Decoder), of this family only the MLP mixer (MLPMixer1D) is run",
                "Submit a model that was made with network = MLPMixer1D(...).");
        int d = settings.positive("hidden_size");
        int hCycles = settings.count("H_cycles");
        int lCycles = settings.count("L_cycles");
        int layers = settings.positive("L_layers");
        int steps = settings.count("halt_max_steps");
        double threshold = settings.probability("halt_prob_thres");
        String dtype = settings.oneOf("forward_dtype", HyperParameters.FORWARD_DTYPES.toArray(String[]::new));
        settings.requireComplete();
        Ends ends = Architecture.LUCIDRAINS.ends();
        long v = tensors.require(ends.embedding(), "hidden_size", ANY, d)[0];
        tensors.require(ends.head(), "hidden_size", v, d);
        tensors.require(ends.qHead(), "hidden_size", 1, d);
        Architecture.LUCIDRAINS.initialStates().forEach(state -> tensors.require(state, "hidden_size", d));
        long registers = tensors.requireRows(ends.registers(), "hidden_size", d);
        int p = settings.atMost(
                ends.registers(), (int) registers, ReadLimits.POSITIONS_IN_FRONT, "positions are put in front");
        long[] widths = blocks(tensors, layers, d);
        if (widths[0] <= p) {
            throw settings.misfit(ends.registers(), p, widths[0] + " positions in all");
        }
        noteOthers(settings);
        var draft = new HyperParameters.Draft();
        draft.hiddenSize = d;
        draft.numHeads = 1;
        draft.headSize = d;
        draft.expansion = widths[1] / (double) d;
        draft.expansionToken = widths[2] / (double) d;
        draft.hCycles = hCycles;
        draft.lCycles = lCycles;
        draft.lLayers = layers;
        draft.haltMaxSteps = steps;
        draft.haltProbThres = threshold;
        draft.mlpT = true;
        draft.posEncodings = "none";
        draft.rmsNormEps = EPS;
        draft.puzzleEmbLen = p;
        draft.forwardDtype = dtype;
        draft.vocabSize = (int) v;
        draft.seqLen = (int) (widths[0] - p);
        return draft.made();
    }

    /** @return all positions, and the widths in which positions and channels are mixed */
    private static long[] blocks(TensorShapes tensors, int layers, int d) {
        long[] first = tensors.require(first(0), "L_layers", ANY, ANY, 1);
        long k = first[0];
        long s = first[1];
        long c = tensors.require(NETWORK + "0" + MIXES_CHANNELS + IN, "L_layers", ANY, d)[0];
        for (int i = 0; i < layers; i++) {
            mlp(tensors, NETWORK + i + MIXES_POSITIONS, new long[] {k, s, 1}, new long[] {s, k, 1});
            mlp(tensors, NETWORK + i + MIXES_CHANNELS, new long[] {c, d}, new long[] {d, c});
            tensors.require(NETWORK + i + ".0.norm.weight", "hidden_size", d);
            tensors.require(NETWORK + i + ".1.norm.weight", "hidden_size", d);
        }
        tensors.require(NETWORK + layers + ".weight", "L_layers", d);
        return new long[] {s, k, c};
    }

    private static void mlp(TensorShapes tensors, String prefix, long[] in, long[] out) {
        tensors.require(prefix + IN, "L_layers", in);
        tensors.require(prefix + "0.bias", "L_layers", in[0]);
        tensors.require(prefix + OUT, "L_layers", out);
        tensors.require(prefix + "3.bias", "L_layers", out[0]);
    }

    private static void noteOthers(Settings settings) {
        for (String key : List.of(
                "numHeads",
                "headSize",
                "hLayers",
                "actInference",
                "mlpT",
                "posEncodings",
                "ropeTheta",
                "rmsNormEps",
                "puzzleEmbNdim",
                "identifierCount")) {
            settings.noteIfAbsent(key, "architecture");
        }
        for (String key : List.of("expansion", "expansionToken", "puzzleEmbLen", "vocabSize", "seqLen")) {
            settings.noteIfAbsent(key, "tensors");
        }
    }
}
