package dev.trmarena.artifacts.safetensors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes a safetensors file value by value, in the order of its tensors: a table of gigabytes costs a row. */
public final class SafetensorsOutput implements Closeable {
    private final FileChannel channel;
    private long missing;

    /**
     * @param file is replaced
     * @param tensors in the order in which their values come; their offsets are not looked at
     */
    public SafetensorsOutput(Path file, List<TensorInfo> tensors) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        missing = tensors.stream().mapToLong(TensorInfo::byteLength).sum();
        try {
            fully(SafetensorsHeader.of(tensors));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Goes on with these values. */
    public void write(float[] values) throws IOException {
        ByteBuffer bytes = buffer(values.length);
        bytes.asFloatBuffer().put(values);
        values(bytes);
    }

    /** Goes on with these values. */
    public void write(int[] values) throws IOException {
        ByteBuffer bytes = buffer(values.length);
        bytes.asIntBuffer().put(values);
        values(bytes);
    }

    /** Goes on with these bytes, as they stand in another such file. */
    public void write(ByteBuffer bytes) throws IOException {
        values(bytes.duplicate());
    }

    private static ByteBuffer buffer(int values) {
        return ByteBuffer.allocate(Math.multiplyExact(values, 4)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void values(ByteBuffer bytes) throws IOException {
        missing -= bytes.remaining();
        fully(bytes);
    }

    private void fully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** On the disk, whole. @throws IllegalStateException when more or fewer values came than the tensors have */
    public void finish() throws IOException {
        if (missing != 0) {
            throw new IllegalStateException(
                    missing > 0 ? missing + " bytes of values are missing" : -missing + " bytes of values too many");
        }
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
