package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.pickle.TorchTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Adds an adapter to a weight while that is read, in pieces. */
final class MergeAdapter {
    private final float[] a;
    private final float[] b;
    private final double scale;
    private final int rank;
    private final int width;
    private long at;

    /** Reads both halves of it. */
    MergeAdapter(Adapters.Adapter adapter, TensorBytes bytes) throws IOException {
        this.a = values(adapter.a(), bytes);
        this.b = values(adapter.b(), bytes);
        this.scale = adapter.scale();
        this.rank = (int) adapter.a().shape()[0];
        this.width = (int) adapter.a().shape()[1];
    }

    private static float[] values(TorchTensor tensor, TensorBytes bytes) throws IOException {
        ByteBuffer all =
                ByteBuffer.allocate((int) tensor.elements() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.stream(tensor, all::put);
        float[] values = new float[(int) tensor.elements()];
        all.flip().asFloatBuffer().get(values);
        return values;
    }

    /** @param chunk the next values of the weight, row by row, which become the merged ones; its position stays */
    void add(ByteBuffer chunk) {
        ByteBuffer values = chunk.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int byteAt = values.position(); byteAt < values.limit(); byteAt += Float.BYTES, at++) {
            int row = (int) (at / width);
            int column = (int) (at % width);
            double sum = 0;
            for (int k = 0; k < rank; k++) {
                sum += (double) b[row * rank + k] * a[k * width + column];
            }
            values.putFloat(byteAt, (float) (values.getFloat(byteAt) + scale * sum));
        }
    }
}
