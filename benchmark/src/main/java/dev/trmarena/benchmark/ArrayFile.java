package dev.trmarena.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A safetensors file, written: first what arrays it will have, then their values in the same order. */
final class ArrayFile {
    private final List<String> entries = new ArrayList<>();
    private final List<ByteBuffer> values = new ArrayList<>();
    private long end;

    /** One of float32 values that comes later, by {@link #open}. */
    void declare(String name, int... shape) {
        entry(name, "F32", shape, 4);
    }

    void add(String name, float[] array, int... shape) {
        declare(name, shape);
        ByteBuffer bytes = little(4 * array.length);
        bytes.asFloatBuffer().put(array);
        values.add(bytes);
    }

    void add(String name, int[] array, int... shape) {
        entry(name, "I32", shape, 4);
        ByteBuffer bytes = little(4 * array.length);
        bytes.asIntBuffer().put(array);
        values.add(bytes);
    }

    /** With all that were added. */
    void write(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            for (ByteBuffer each : values) {
                channel.write(each);
            }
        }
    }

    /** @return at the first value; what is not written reads as zero and takes no disk */
    FileChannel open(Path file) throws IOException {
        byte[] json = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        channel.write(little(8).putLong(json.length).flip());
        channel.write(ByteBuffer.wrap(json));
        channel.write(ByteBuffer.allocate(1), channel.position() + end - 1);
        return channel;
    }

    private void entry(String name, String type, int[] shape, int bytesEach) {
        long bytes = bytesEach;
        var dims = new ArrayList<String>();
        for (int size : shape) {
            bytes *= size;
            dims.add(String.valueOf(size));
        }
        entries.add("\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":[" + String.join(",", dims)
                + "],\"data_offsets\":[" + end + "," + (end + bytes) + "]}");
        end += bytes;
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
