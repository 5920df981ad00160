package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.pickle.TorchTensor;
import dev.trmarena.limits.ReadLimits;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/** The values of a tensor in row-major order, however it lies in its storage, in pieces of at most one megabyte. */
final class TensorBytes {
    private static final int BUFFER = 1 << 20;

    private final FileChannel source;
    private final ByteBuffer buffer;

    /** @param largest bytes of the largest tensor that will be asked for */
    TensorBytes(FileChannel source, long largest) {
        this.source = source;
        // Whole values of any type: a multiple of eight.
        this.buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER, (largest + 7) / 8 * 8));
    }

    /** Takes a piece; all of it must be consumed. */
    interface Sink {
        void accept(ByteBuffer chunk) throws IOException;
    }

    /** Whether the tensor can be read in reasonable time. */
    static boolean readable(TorchTensor tensor) {
        int size = tensor.type().bytes();
        if (tensor.elements() == 0 || tensor.contiguous() || tensor.reach() <= ReadLimits.SCATTERED_BYTES / size) {
            return true;
        }
        long[] shape = tensor.shape();
        return tensor.lastInOrder() && shape[shape.length - 1] * size >= ReadLimits.SCATTERED_RUN_BYTES;
    }

    /** @param tensor a {@link #readable} one */
    void stream(TorchTensor tensor, Sink sink) throws IOException {
        buffer.clear();
        if (tensor.elements() == 0) {
            return;
        }
        if (tensor.isZeros()) {
            zeros(tensor.elements() * tensor.type().bytes(), sink);
        } else if (tensor.contiguous()) {
            run(tensor.firstByte(), tensor.elements() * tensor.type().bytes(), sink);
        } else {
            runs(tensor, sink);
        }
        emit(sink);
    }

    private void zeros(long bytes, Sink sink) throws IOException {
        for (long i = 0; i < bytes; i++) {
            if (!buffer.hasRemaining()) {
                emit(sink);
            }
            buffer.put((byte) 0);
        }
    }

    /** Transposed, sliced and broadcast tensors: row by row of the last dimension. */
    private void runs(TorchTensor tensor, Sink sink) throws IOException {
        long[] shape = tensor.shape();
        long[] strides = tensor.strides();
        int size = tensor.type().bytes();
        int last = shape.length - 1;
        ByteBuffer storage = tensor.reach() * size > ReadLimits.SCATTERED_BYTES
                ? null
                : source.map(MapMode.READ_ONLY, tensor.firstByte(), tensor.reach() * size);
        long[] index = new long[last + 1];
        while (index[0] < shape[0]) {
            long at = 0;
            for (int k = 0; k < last; k++) {
                at += index[k] * strides[k];
            }
            if (storage == null) {
                run(tensor.firstByte() + at * size, shape[last] * size, sink);
            } else {
                scattered(storage, at, shape[last], strides[last], size, sink);
            }
            index[last] = shape[last];
            for (int k = last; k > 0 && index[k] == shape[k]; k--) {
                index[k] = 0;
                index[k - 1]++;
            }
        }
    }

    private void run(long position, long bytes, Sink sink) throws IOException {
        long from = position;
        long left = bytes;
        while (left > 0) {
            if (!buffer.hasRemaining()) {
                emit(sink);
            }
            int limit = buffer.limit();
            buffer.limit((int) Math.min(limit, buffer.position() + left));
            int read = source.read(buffer, from);
            buffer.limit(limit);
            if (read < 0) {
                throw new EOFException("the file ends at byte " + from);
            }
            from += read;
            left -= read;
        }
    }

    private void scattered(ByteBuffer storage, long at, long count, long stride, int size, Sink sink)
            throws IOException {
        for (long i = 0; i < count; i++) {
            if (buffer.remaining() < size) {
                emit(sink);
            }
            int from = (int) ((at + i * stride) * size);
            for (int b = 0; b < size; b++) {
                buffer.put(storage.get(from + b));
            }
        }
    }

    private void emit(Sink sink) throws IOException {
        buffer.flip();
        sink.accept(buffer);
        buffer.clear();
    }
}
