package dev.trmarena.artifacts.checkpoint;

import static dev.trmarena.artifacts.checkpoint.TensorShapes.ANY;

/** The tensors of one block: attention or a token-mixing MLP, then an MLP. */
record Block(int hiddenSize, int heads, double expansion, boolean mlpT) {
    private static final int MULTIPLE = 256;

    /**
     * Requires the blocks of a level.
     *
     * @param s S as far as it is known, else {@link TensorShapes#ANY}
     * @return S as far as it is known now
     */
    long stack(TensorShapes tensors, Architecture.Level level, int layers, long s) {
        long length = s;
        for (int i = 0; i < layers; i++) {
            length = one(tensors, level.prefix() + ".layers." + i + ".", level.setting(), length);
        }
        return length;
    }

    private long one(TensorShapes tensors, String prefix, String layersKey, long s) {
        long length = s;
        if (mlpT) {
            length = tensors.require(prefix + "mlp_t.gate_up_proj.weight", layersKey, ANY, s)[1];
            long inner = swigluWidth(expansion, length);
            tensors.require(prefix + "mlp_t.gate_up_proj.weight", "expansion", 2 * inner, length);
            tensors.require(prefix + "mlp_t.down_proj.weight", "expansion", length, inner);
        } else {
            long width = (long) heads * (hiddenSize / heads);
            tensors.require(prefix + "self_attn.qkv_proj.weight", "num_heads", 3 * width, hiddenSize);
            tensors.require(prefix + "self_attn.o_proj.weight", "num_heads", hiddenSize, width);
        }
        long inner = swigluWidth(expansion, hiddenSize);
        tensors.require(prefix + "mlp.gate_up_proj.weight", "expansion", 2 * inner, hiddenSize);
        tensors.require(prefix + "mlp.down_proj.weight", "expansion", hiddenSize, inner);
        return length;
    }

    /** I = round(expansion · n · 2/3), half to even as Python rounds, up to a multiple of 256. */
    static long swigluWidth(double expansion, long n) {
        return -Math.floorDiv(-(long) Math.rint(expansion * n * 2 / 3), MULTIPLE) * (long) MULTIPLE;
    }
}
