package dev.trmarena.benchmark;

import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.Architecture.Level;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A network of a published shape. A run measures one improvement step of a shortened schedule, one high-level cycle with one
 * low-level cycle, which does the same layers as the published schedule, only fewer times.
 *
 * @param lCycles of the published schedule, as {@code hCycles}
 */
record Workload(
        String name,
        Architecture architecture,
        int hCycles,
        int lCycles,
        int layers,
        boolean mlpT,
        int length,
        int prefix) {
    static final int HIDDEN = 512;
    static final int HEADS = 8;
    static final int VOCAB = 12;
    static final int STEPS = 16;
    /** round(4 · n · 2/3), up to a multiple of 256. */
    private static final int WIDTH_OF_HIDDEN = 1536;

    static final Workload TRM_ARC = new Workload("TRM-Att, ARC", Architecture.TRM, 3, 4, 2, false, 900, 16);
    static final Workload TRM_SUDOKU = new Workload("TRM-MLP, Sudoku", Architecture.TRM, 3, 6, 2, true, 81, 16);
    static final Workload HRM_ARC = new Workload("HRM, ARC", Architecture.HRM, 2, 2, 4, false, 900, 1);

    int positions() {
        return length + prefix;
    }

    private int tokenWidth() {
        return ((int) Math.rint(4 * positions() * 2 / 3.0) + 255) / 256 * 256;
    }

    /** Times a level's layers run in one improvement step of the published schedule. */
    int published() {
        return hCycles * (lCycles + 1);
    }

    /** The same of the shortened schedule. */
    int measured() {
        return 2;
    }

    /** Multiplications and additions of one pass of a level over one example; only matrix products are counted. */
    double flopsOfLevel() {
        double s = positions();
        double d = HIDDEN;
        double mlp = 2 * s * 3 * d * WIDTH_OF_HIDDEN;
        double mixing = mlpT ? 2 * d * 3 * s * tokenWidth() : 2 * s * 4 * d * d + 4 * s * s * d;
        return layers * (mlp + mixing);
    }

    /** Random puzzles, the same each time. */
    int[][] tokens(int batch) {
        var random = new Random(11);
        int[][] tokens = new int[batch][];
        for (int b = 0; b < batch; b++) {
            tokens[b] = random.ints(length, 0, VOCAB).toArray();
        }
        return tokens;
    }

    /** Random rows of a puzzle embedding of so many, the same each time. */
    static int[] identifiers(int batch, int count) {
        return new Random(7).ints(batch, 0, count).toArray();
    }

    HyperParameters hyper(int identifiers) {
        boolean two = architecture.levels().contains(Level.HIGH);
        return Shapes.hyper(this, two ? layers : 0, identifiers);
    }

    /** Names and shapes of all tensors, but the puzzle embedding. */
    SortedMap<String, int[]> tensors() {
        var shapes = new TreeMap<String, int[]>();
        architecture.initialStates().forEach(state -> shapes.put(state, new int[] {HIDDEN}));
        shapes.put("embed_tokens.embedding_weight", new int[] {VOCAB, HIDDEN});
        shapes.put("lm_head.weight", new int[] {VOCAB, HIDDEN});
        shapes.put("q_head.weight", new int[] {2, HIDDEN});
        shapes.put("q_head.bias", new int[] {2});
        for (Level level : architecture.levels()) {
            for (int i = 0; i < layers; i++) {
                block(shapes, level.block(i));
            }
        }
        return shapes;
    }

    private void block(SortedMap<String, int[]> shapes, String layer) {
        if (mlpT) {
            shapes.put(layer + "mlp_t.gate_up_proj.weight", new int[] {2 * tokenWidth(), positions()});
            shapes.put(layer + "mlp_t.down_proj.weight", new int[] {positions(), tokenWidth()});
        } else {
            shapes.put(layer + "self_attn.qkv_proj.weight", new int[] {3 * HIDDEN, HIDDEN});
            shapes.put(layer + "self_attn.o_proj.weight", new int[] {HIDDEN, HIDDEN});
        }
        shapes.put(layer + "mlp.gate_up_proj.weight", new int[] {2 * WIDTH_OF_HIDDEN, HIDDEN});
        shapes.put(layer + "mlp.down_proj.weight", new int[] {HIDDEN, WIDTH_OF_HIDDEN});
    }
}
