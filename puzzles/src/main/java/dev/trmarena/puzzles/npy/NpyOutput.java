package dev.trmarena.puzzles.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A {@code .npy} file of int32 or float32 that is written piece by piece, in any order; what lies between two pieces costs no
 * disk. The header comes last, with {@link #finish}, so that the length of the first axis need not be known before.
 */
public final class NpyOutput implements AutoCloseable {
    /** Bytes of a value. */
    private static final int SIZE = 4;
    /** Where values begin: headers of up to three axes have this length. */
    private static final int START = 128;

    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

    /** Opens the file and keeps what is in it. */
    public NpyOutput(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** @param first the value, counted row-major from 0, that the piece begins with */
    public void write(long first, int[] values) throws IOException {
        for (int from = 0; from < values.length; from += BUFFER / SIZE) {
            int end = Math.min(values.length, from + BUFFER / SIZE);
            buffer.clear();
            buffer.asIntBuffer().put(values, from, end - from);
            flush(first + from, end - from);
        }
    }

    /** @param first the value, counted row-major from 0, that the piece begins with */
    public void write(long first, float[] values) throws IOException {
        for (int from = 0; from < values.length; from += BUFFER / SIZE) {
            int end = Math.min(values.length, from + BUFFER / SIZE);
            buffer.clear();
            buffer.asFloatBuffer().put(values, from, end - from);
            flush(first + from, end - from);
        }
    }

    /** Writes NaN so many times. */
    public void unknown(long first, long count) throws IOException {
        float[] some = new float[(int) Math.min(count, BUFFER / SIZE)];
        Arrays.fill(some, Float.NaN);
        for (long from = 0; from < count; from += some.length) {
            write(first + from, count - from < some.length ? Arrays.copyOf(some, (int) (count - from)) : some);
        }
    }

    private void flush(long first, int count) throws IOException {
        buffer.position(0).limit(count * SIZE);
        long position = START + first * SIZE;
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
    }

    /** Afterwards everything written is on disk. */
    public void sync() throws IOException {
        channel.force(true);
    }

    /**
     * Makes a whole file of it.
     *
     * @param type {@code i4} or {@code f4}
     */
    public void finish(String type, int... shape) throws IOException {
        byte[] header = Npy.header(type, shape);
        if (header.length != START) {
            throw new IllegalArgumentException("a header of " + header.length + " bytes for " + Arrays.toString(shape));
        }
        ByteBuffer bytes = ByteBuffer.wrap(header);
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
        long end = START + SIZE * Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        channel.truncate(end);
        if (channel.size() < end) {
            throw new IllegalStateException("only " + channel.size() + " of " + end + " bytes were written");
        }
        sync();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
