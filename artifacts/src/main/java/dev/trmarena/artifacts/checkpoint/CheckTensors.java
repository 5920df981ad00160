package dev.trmarena.artifacts.checkpoint;

import static dev.trmarena.artifacts.checkpoint.TensorShapes.ANY;

import dev.trmarena.artifacts.checkpoint.Architecture.Level;
import dev.trmarena.artifacts.checkpoint.Architecture.Reads;
import dev.trmarena.limits.ReadLimits;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tensors follow from the settings of a checkpoint. What families share is here: token and puzzle embeddings, output
 * heads, blocks. Sizes that no configuration has (V, N, sometimes L) come from the tensors.
 */
final class CheckTensors {
    private CheckTensors() {}

    /**
     * Reads the settings, then holds the tensors against them.
     *
     * @throws BadCheckpoint naming the first tensor that does not agree, with both shapes
     */
    static HyperParameters hyperParameters(Architecture architecture, TensorShapes tensors, Settings settings) {
        if (architecture == Architecture.LUCIDRAINS) {
            return MixerBlocks.hyperParameters(tensors, settings);
        }
        int d = settings.positive("hidden_size");
        boolean mlpT = architecture.reads(Reads.MLP_T) && settings.flag("mlp_t");
        int heads = settings.atMost("num_heads", settings.positive("num_heads"), ReadLimits.HEADS, "are run");
        double expansion = settings.real("expansion");
        boolean cycles = architecture.hasCycles();
        int hCycles = cycles ? settings.count("H_cycles") : 1;
        int lCycles = cycles ? settings.count("L_cycles") : 0;
        int hLayers = layers(architecture, Level.HIGH, settings);
        int lLayers = layers(architecture, Level.LOW, settings);
        if (lCycles > architecture.mostLowCycles()) {
            throw settings.misfit(
                    "L_cycles",
                    lCycles,
                    "the " + architecture.mostLowCycles() + " low states of " + architecture.key());
        }
        int steps = settings.count("halt_max_steps");
        String pos = positions(architecture, settings);
        int ndim = settings.integer("puzzle_emb_ndim");
        int p = settings.atMost(
                "puzzle_emb_len",
                front(architecture, settings, ndim, d),
                ReadLimits.POSITIONS_IN_FRONT,
                "positions are put in front");
        String dtype = settings.oneOf("forward_dtype", HyperParameters.FORWARD_DTYPES.toArray(String[]::new));
        double theta = settings.real("rope_theta");
        double eps = settings.real("rms_norm_eps");
        boolean act = architecture.reads(Reads.ACT_INFERENCE) && settings.flag("act_inference");
        int length = architecture == Architecture.NANO_TRM ? settings.integer("seq_len") : 0;
        settings.requireComplete();
        Convolution convolution = convolution(architecture, tensors);
        noteOthers(settings, convolution);
        requireRoom(settings, ndim, p, d);
        if (!mlpT) {
            requireHeads(settings, d, heads, pos);
        }

        long v = embeddings(architecture, tensors, d);
        long n = ndim == 0 ? 0 : tensors.require("puzzle_emb.weights", "puzzle_emb_ndim", ANY, ndim)[0];
        long s =
                pos.equals("learned") ? tensors.require("embed_pos.embedding_weight", "pos_encodings", ANY, d)[0] : ANY;
        Block block = new Block(d, heads, expansion, mlpT, convolution);
        for (Level level : architecture.levels()) {
            s = block.stack(tensors, level, level == Level.HIGH ? hLayers : lLayers, s);
        }
        if (s != ANY && s <= p) {
            throw settings.misfit("puzzle_emb_len", p, s + " positions in all");
        }
        if (s != ANY && length != 0 && s != length + (long) p) {
            throw settings.misfit("seq_len", length, s + " positions in all, " + p + " of them in front");
        }
        var draft = new HyperParameters.Draft();
        draft.hiddenSize = d;
        draft.numHeads = heads;
        draft.headSize = d / heads;
        draft.expansion = expansion;
        draft.hCycles = hCycles;
        draft.lCycles = lCycles;
        draft.hLayers = hLayers;
        draft.lLayers = lLayers;
        draft.haltMaxSteps = steps;
        draft.actInference = act;
        draft.mlpT = mlpT;
        draft.posEncodings = pos;
        draft.ropeTheta = theta;
        draft.rmsNormEps = eps;
        draft.puzzleEmbNdim = ndim;
        draft.puzzleEmbLen = p;
        draft.forwardDtype = dtype;
        draft.vocabSize = (int) v;
        draft.seqLen = s == ANY ? length : (int) (s - p);
        draft.identifierCount = (int) n;
        draft.convolution = convolution;
        HyperParameters hyper = draft.made();
        if (hyper.onBoard() && !HyperParameters.isSquare(hyper.seqLen())) {
            throw settings.misfit(
                    "seq_len", hyper.seqLen(), "a square board, whose rows and columns the network tells apart");
        }
        return hyper;
    }

    /** The names that families have for the same encodings are read as ours. */
    private static String positions(Architecture architecture, Settings settings) {
        return switch (architecture) {
            // Its configuration must name an encoding, which its code does not look at.
            case URM -> "rope";
            case NANO_TRM ->
                switch (settings.text("pos_encodings")) {
                    case "1d", "rope" -> "rope";
                    case "2d", "rope2d" -> "rope2d";
                    default -> "none";
                };
            case TRANSFORMER -> settings.oneOf("pos_encodings", "rope", "learned");
            case TRM, TRM_SINGLEZ, TRM_HIER6, HRM, LUCIDRAINS ->
                settings.oneOf("pos_encodings", "rope", "learned", "none");
        };
    }

    private static @Nullable Convolution convolution(Architecture architecture, TensorShapes tensors) {
        String block = architecture.levels().get(0).block(0);
        return switch (architecture) {
            case URM -> Convolution.PAIR;
            case NANO_TRM ->
                Stream.of(Convolution.BOARD, Convolution.ROW)
                        .filter(each -> tensors.has(block + each.weight()))
                        .findFirst()
                        .orElse(null);
            case TRM, TRM_SINGLEZ, TRM_HIER6, HRM, TRANSFORMER, LUCIDRAINS -> null;
        };
    }

    /** Every hyper-parameter has its origin, also where a family reads no setting for it. */
    private static void noteOthers(Settings settings, @Nullable Convolution convolution) {
        if (convolution != null) {
            settings.noteIfAbsent("convolution", "tensors");
        }
        for (String key : List.of("hCycles", "lCycles", "hLayers", "lLayers", "actInference", "mlpT", "posEncodings")) {
            settings.noteIfAbsent(key, "architecture");
        }
        for (String key : List.of("headSize", "puzzleEmbLen", "vocabSize", "seqLen", "identifierCount")) {
            settings.noteIfAbsent(key, "tensors");
        }
    }

    /** @return V */
    private static long embeddings(Architecture architecture, TensorShapes tensors, int d) {
        Architecture.Ends ends = architecture.ends();
        long v = tensors.require(ends.embedding(), "hidden_size", ANY, d)[0];
        tensors.require(ends.head(), "hidden_size", v, d);
        tensors.require(ends.qHead(), "hidden_size", ends.qOutputs(), d);
        if (!ends.qBias().isEmpty()) {
            tensors.require(ends.qBias(), null, ends.qOutputs());
        }
        for (String state : architecture.initialStates()) {
            tensors.require(state, "hidden_size", d);
        }
        return v;
    }

    private static int layers(Architecture architecture, Level level, Settings settings) {
        return architecture.levels().stream().anyMatch(each -> each.setting().equals(level.setting()))
                ? settings.positive(level.setting())
                : 0;
    }

    /** P, the positions that the puzzle embedding takes in front of the tokens. */
    private static int front(Architecture architecture, Settings settings, int ndim, int hiddenSize) {
        if (architecture == Architecture.NANO_TRM) {
            return ndim == 0 ? 0 : settings.integer("puzzle_emb_len");
        }
        int length = architecture.reads(Reads.PUZZLE_EMB_LEN) ? settings.integer("puzzle_emb_len") : 0;
        return length != 0 ? length : ceilDiv(ndim, hiddenSize);
    }

    private static void requireRoom(Settings settings, int ndim, int p, int d) {
        if ((long) p * d < ndim) {
            throw settings.misfit(
                    "puzzle_emb_len", p, "puzzle_emb_ndim " + ndim + " needs " + ceilDiv(ndim, d) + " positions");
        }
        if (ndim == 0 && p != 0) {
            throw settings.misfit("puzzle_emb_len", p, "puzzle_emb_ndim 0, which works only with puzzle_emb_len 0");
        }
    }

    private static void requireHeads(Settings settings, int d, int heads, String pos) {
        if (heads > d) {
            throw settings.misfit("num_heads", heads, "hidden_size " + d + ", which cannot be cut into so many heads");
        }
        if (pos.equals("rope") && d / heads % 2 != 0) {
            throw settings.misfit(
                    "num_heads", heads, "heads of " + d / heads + " values; rotary positions turn pairs of values");
        }
        if (pos.equals("rope2d") && d / heads % 4 != 0) {
            throw settings.misfit(
                    "num_heads",
                    heads,
                    "heads of " + d / heads + " values; rows and columns turn half of the pairs each");
        }
    }

    private static int ceilDiv(int a, int b) {
        return -Math.floorDiv(-a, b);
    }
}
