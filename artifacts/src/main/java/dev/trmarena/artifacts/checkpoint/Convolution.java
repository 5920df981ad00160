package dev.trmarena.artifacts.checkpoint;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/**
 * A depthwise convolution inside an MLP, which lets neighbours meet. Its tensors stand beside those of the MLP.
 *
 * <p>Source: {@code ConvSwiGLU} of URM; {@code ConvSwiGLU} and {@code BoardConvSwiGLU} of nano-trm; {@code docs/models.md}, section 4.
 */
public enum Convolution {
    /** A position and the one before it, on the I channels after the gate, in the type that the tensor is stored in. */
    PAIR("dwconv", 1, 1, 2),
    /** A position and its two neighbours, on the 2I channels before the gate. */
    ROW("dwconv", 2, 1, 3),
    /** A cell and its eight neighbours on a square board, on the 2I channels before the gate; positions in front pass by. */
    BOARD("board_conv", 2, 1, 3, 3);

    private final String tensor;
    private final int channelsPerWidth;
    private final long[] kernel;

    /** @param kernel what follows the channels in the shape of the weight */
    Convolution(String tensor, int channelsPerWidth, long... kernel) {
        this.tensor = tensor;
        this.channelsPerWidth = channelsPerWidth;
        this.kernel = kernel;
    }

    /** Name of the weight below a block. */
    public String weight() {
        return "mlp." + tensor + ".weight";
    }

    /** Name of the bias below a block. */
    public String bias() {
        return "mlp." + tensor + ".bias";
    }

    /** @param width I @return shape of the weight */
    long[] shape(long width) {
        long[] shape = new long[1 + kernel.length];
        shape[0] = channels(width);
        System.arraycopy(kernel, 0, shape, 1, kernel.length);
        return shape;
    }

    /** @param width I */
    long channels(long width) {
        return channelsPerWidth * width;
    }

    /** How many positions meet. */
    long taps() {
        return Arrays.stream(kernel).reduce(1, (a, b) -> a * b);
    }

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Convolution of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
