package dev.trmarena.artifacts.checkpoint;

import static dev.trmarena.artifacts.checkpoint.TensorShapes.ANY;

import org.jspecify.annotations.Nullable;

/** The tensors of one block: attention or a token-mixing MLP, then an MLP. */
record Block(
        int hiddenSize,
        int heads,
        double expansion,
        boolean mlpT,
        @Nullable Convolution convolution) {
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
            length = one(tensors, level.block(i), level.setting(), length);
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
        long inner = innerWidth();
        tensors.require(prefix + "mlp.gate_up_proj.weight", "expansion", 2 * inner, hiddenSize);
        tensors.require(prefix + "mlp.down_proj.weight", "expansion", hiddenSize, inner);
        if (convolution != null) {
            tensors.require(prefix + convolution.weight(), layersKey, convolution.shape(inner));
            tensors.require(prefix + convolution.bias(), layersKey, convolution.channels(inner));
        }
        return length;
    }

    /** I of the MLP; nano-trm cuts it off, instead of rounding, where it has a convolution. */
    private long innerWidth() {
        return convolution == Convolution.ROW || convolution == Convolution.BOARD
                ? multiple((long) (expansion * hiddenSize * 2 / 3))
                : swigluWidth(expansion, hiddenSize);
    }

    /** I = round(expansion · n · 2/3), half to even as Python rounds, up to a multiple of 256. */
    static long swigluWidth(double expansion, long n) {
        return multiple((long) Math.rint(expansion * n * 2 / 3));
    }

    private static long multiple(long width) {
        return -Math.floorDiv(-width, MULTIPLE) * (long) MULTIPLE;
    }
}
