package dev.trmarena.artifacts.checkpoint;

import static dev.trmarena.artifacts.checkpoint.TensorShapes.ANY;

import java.util.List;

/**
 * One family of networks: which settings it reads and which tensors follow from them. What families share is here: token and
 * puzzle embeddings, output heads, blocks. Sizes that no configuration has (V, N, sometimes L) come from the tensors.
 *
 * <p>Source: {@code models/} of TinyRecursiveModels and HRM; the tables in {@code docs/models.md},
 * sections 3 and 4.
 */
abstract class Architecture {
    private static final List<Architecture> ALL = List.of(
            new TrmArchitecture(),
            new SingleZArchitecture(),
            new Hier6Architecture(),
            new HrmArchitecture(),
            new TransformerArchitecture());

    /** {@code trm}, {@code trm_singlez}, {@code trm_hier6}, {@code hrm} or {@code transformer}. */
    abstract String architecture();

    /** Names of the tensors that the states start from, each of D values. */
    abstract List<String> initialStates();

    abstract Schedule schedule(Settings settings);

    /** P, the positions that the puzzle embedding takes in front of the tokens. */
    abstract int front(Settings settings, int ndim, int hiddenSize);

    abstract boolean mlpT(Settings settings);

    abstract String posEncodings(Settings settings, boolean mlpT);

    boolean actInference(Settings settings) {
        return false;
    }

    /** Cycles and blocks of the two levels; 0 where a family has no such level. */
    record Schedule(int hCycles, int lCycles, int hLayers, int lLayers) {}

    static Architecture of(Settings settings) {
        String name = settings.architecture();
        return ALL.stream()
                .filter(layout -> layout.architecture().equals(name))
                .findFirst()
                .orElseThrow(() -> settings.bad(
                        "architecture",
                        name,
                        "solvers run "
                                + String.join(
                                        ", ",
                                        ALL.stream()
                                                .map(Architecture::architecture)
                                                .toList())));
    }

    /**
     * Reads the settings, then holds the tensors against them.
     *
     * @throws BadCheckpoint naming the first tensor that does not agree, with both shapes
     */
    final HyperParameters check(TensorShapes tensors, Settings settings) {
        int d = settings.positive("hidden_size");
        boolean mlpT = mlpT(settings);
        int heads = settings.positive("num_heads");
        double expansion = settings.real("expansion");
        Schedule schedule = schedule(settings);
        int steps = settings.count("halt_max_steps");
        String pos = posEncodings(settings, mlpT);
        int ndim = settings.integer("puzzle_emb_ndim");
        int p = front(settings, ndim, d);
        String dtype = settings.oneOf("forward_dtype", "float32", "bfloat16", "float16");
        double theta = settings.real("rope_theta");
        double eps = settings.real("rms_norm_eps");
        boolean act = actInference(settings);
        settings.requireComplete();
        noteOthers(settings);
        requireRoom(settings, ndim, p, d);
        if (!mlpT) {
            requireHeads(settings, d, heads, pos);
        }

        long v = embeddings(tensors, d);
        long n = ndim == 0 ? 0 : tensors.require("puzzle_emb.weights", "puzzle_emb_ndim", ANY, ndim)[0];
        long s =
                pos.equals("learned") ? tensors.require("embed_pos.embedding_weight", "pos_encodings", ANY, d)[0] : ANY;
        Block block = new Block(d, heads, expansion, mlpT);
        s = block.stack(tensors, "H_level", "H_layers", schedule.hLayers(), s);
        s = block.stack(tensors, "L_level", "L_layers", schedule.lLayers(), s);
        if (s != ANY && s <= p) {
            throw settings.misfit("puzzle_emb_len", p, s + " positions in all");
        }
        return new HyperParameters(
                d,
                heads,
                d / heads,
                expansion,
                schedule.hCycles(),
                schedule.lCycles(),
                schedule.hLayers(),
                schedule.lLayers(),
                steps,
                act,
                mlpT,
                pos,
                theta,
                eps,
                ndim,
                p,
                dtype,
                (int) v,
                s == ANY ? 0 : (int) (s - p),
                (int) n);
    }

    /** Every hyper-parameter has its origin, also where a family reads no setting for it. */
    private static void noteOthers(Settings settings) {
        for (String key : List.of("hCycles", "lCycles", "hLayers", "lLayers", "actInference", "mlpT")) {
            settings.noteIfAbsent(key, "architecture");
        }
        for (String key : List.of("headSize", "puzzleEmbLen", "vocabSize", "seqLen", "identifierCount")) {
            settings.noteIfAbsent(key, "tensors");
        }
    }

    /** @return V */
    private long embeddings(TensorShapes tensors, int d) {
        long v = tensors.require("embed_tokens.embedding_weight", "hidden_size", ANY, d)[0];
        tensors.require("lm_head.weight", "hidden_size", v, d);
        tensors.require("q_head.weight", "hidden_size", 2, d);
        tensors.require("q_head.bias", null, 2);
        for (String state : initialStates()) {
            tensors.require(state, "hidden_size", d);
        }
        return v;
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
    }

    static int ceilDiv(int a, int b) {
        return -Math.floorDiv(-a, b);
    }
}
