package dev.trmarena.artifacts.checkpoint;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the configuration of a TRM against its tensors: every tensor must be there with the shape that the configuration
 * demands, and none besides. Sizes that the configuration does not have (V, N, sometimes L) come from the tensors.
 *
 * <p>Source: {@code models/recursive_reasoning/trm.py} of TinyRecursiveModels; the table in SCIENCE, section 2.
 */
final class TrmLayout {
    private static final long ANY = -1;

    private final String file;
    private final ArchConfig config;
    private final Map<String, long[]> shapes;
    private final Set<String> expected = new HashSet<>();

    TrmLayout(String file, ArchConfig config, Map<String, long[]> shapes) {
        this.file = file;
        this.config = config;
        this.shapes = shapes;
    }

    HyperParameters check() {
        int d = config.positive("hidden_size");
        int heads = config.positive("num_heads");
        int layers = config.positive("L_layers");
        double expansion = config.real("expansion", null);
        boolean mlpT = config.flag("mlp_t");
        String pos = oneOf("pos_encodings", config.text("pos_encodings", null), "rope", "learned", "none");
        String dtype =
                oneOf("forward_dtype", config.text("forward_dtype", "bfloat16"), "float32", "bfloat16", "float16");
        int ndim = config.integer("puzzle_emb_ndim", 0);
        int len = config.integer("puzzle_emb_len", 16);
        int p = len != 0 ? len : (int) ceilDiv(ndim, d);
        requireRoom(ndim, p, d);

        long v = shape("embed_tokens.embedding_weight", "hidden_size", ANY, d)[0];
        shape("lm_head.weight", "hidden_size", v, d);
        shape("q_head.weight", "hidden_size", 2, d);
        shape("q_head.bias", null, 2);
        shape("H_init", "hidden_size", d);
        shape("L_init", "hidden_size", d);
        long n = ndim == 0 ? 0 : shape("puzzle_emb.weights", "puzzle_emb_ndim", ANY, ndim)[0];
        long s = pos.equals("learned") ? shape("embed_pos.embedding_weight", "hidden_size", ANY, d)[0] : ANY;
        for (int i = 0; i < layers; i++) {
            s = block("L_level.layers." + i + ".", d, heads, expansion, mlpT, s);
        }
        refuseOthers();
        long l = s == ANY ? 0 : s - p;
        if (s != ANY && l <= 0) {
            throw misfit("puzzle_emb_len", p, s + " positions in all");
        }
        return new HyperParameters(
                d,
                heads,
                expansion,
                config.positive("H_cycles"),
                config.positive("L_cycles"),
                layers,
                config.positive("halt_max_steps"),
                mlpT,
                pos,
                config.real("rope_theta", 10000.0),
                config.real("rms_norm_eps", 1e-5),
                ndim,
                p,
                dtype,
                (int) v,
                (int) l,
                (int) n);
    }

    private long block(String prefix, int d, int heads, double expansion, boolean mlpT, long s) {
        long length = s;
        if (mlpT) {
            length = shape(prefix + "mlp_t.gate_up_proj.weight", "mlp_t", ANY, s)[1];
            long inner = swigluWidth(expansion, length);
            shape(prefix + "mlp_t.gate_up_proj.weight", "expansion", 2 * inner, length);
            shape(prefix + "mlp_t.down_proj.weight", "expansion", length, inner);
        } else {
            long attention = (long) heads * (d / heads);
            shape(prefix + "self_attn.qkv_proj.weight", "num_heads", 3 * attention, d);
            shape(prefix + "self_attn.o_proj.weight", "num_heads", d, attention);
        }
        long inner = swigluWidth(expansion, d);
        shape(prefix + "mlp.gate_up_proj.weight", "expansion", 2 * inner, d);
        shape(prefix + "mlp.down_proj.weight", "expansion", d, inner);
        return length;
    }

    /** I = round(expansion · n · 2/3), half to even as Python rounds, up to a multiple of 256. */
    private static long swigluWidth(double expansion, long n) {
        return ceilDiv((long) Math.rint(expansion * n * 2 / 3), 256) * 256;
    }

    private static long ceilDiv(long a, long b) {
        return -Math.floorDiv(-a, b);
    }

    private void requireRoom(int ndim, int p, int d) {
        if ((long) p * d < ndim) {
            throw misfit("puzzle_emb_len", p, "puzzle_emb_ndim " + ndim + " needs " + ceilDiv(ndim, d) + " positions");
        }
        if (ndim == 0 && p != 0) {
            throw misfit("puzzle_emb_len", p, "puzzle_emb_ndim 0, which works only with puzzle_emb_len 0");
        }
    }

    /** @return the shape of the tensor, which is there and agrees with the wanted one wherever that is not {@link #ANY} */
    private long[] shape(String name, @Nullable String key, long... wanted) {
        expected.add(name);
        long[] found = shapes.get(name);
        if (found == null) {
            throw new BadCheckpoint(
                    file,
                    "tensor " + name,
                    "it is missing, " + config.file() + " demands it",
                    "Check that the configuration belongs to this checkpoint (architecture, L_layers, mlp_t).");
        }
        boolean fits = found.length == wanted.length;
        for (int i = 0; fits && i < wanted.length; i++) {
            fits = wanted[i] == ANY ? found[i] > 0 && found[i] <= Integer.MAX_VALUE : found[i] == wanted[i];
        }
        if (!fits) {
            String because = key == null ? "" : " (arch." + key + ")";
            throw new BadCheckpoint(
                    file,
                    "tensor " + name,
                    "its shape is " + Arrays.toString(found) + ", " + config.file() + because + " demands "
                            + Arrays.toString(wanted).replace("-1", "any"),
                    "Check that the configuration belongs to this checkpoint.");
        }
        return found;
    }

    private void refuseOthers() {
        for (String name : shapes.keySet()) {
            if (!expected.contains(name)) {
                throw new BadCheckpoint(
                        file,
                        "tensor " + name,
                        "the configuration " + config.file() + " has no place for it",
                        "Check that the configuration belongs to this checkpoint (architecture, L_layers, puzzle_emb_ndim).");
            }
        }
    }

    private String oneOf(String key, String value, String... allowed) {
        if (!Arrays.asList(allowed).contains(value)) {
            throw new BadCheckpoint(
                    config.file(),
                    "arch." + key,
                    "it is '" + value + "'; known are " + String.join(", ", allowed),
                    "Evaluate checkpoints with one of these.");
        }
        return value;
    }

    private BadCheckpoint misfit(String key, long value, String other) {
        return new BadCheckpoint(
                config.file(),
                "arch." + key,
                "it resolves to " + value + ", against " + other,
                "Check that the configuration belongs to this checkpoint.");
    }
}
