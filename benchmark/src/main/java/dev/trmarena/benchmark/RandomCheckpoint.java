package dev.trmarena.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes safetensors with seeded random weights, and a puzzle embedding that is a hole in the file: it takes no disk. */
public final class RandomCheckpoint {
    private static final long SEED = 42;
    private static final String TRAINED = "model.inner.";

    private RandomCheckpoint() {}

    /**
     * What a user would submit: the network of {@link Workload#TRM_ARC}, its tensors under the names that the trainer writes.
     *
     * @param identifiers rows of the puzzle embedding
     */
    public static void writeTrmForArc(Path file, long identifiers) throws IOException {
        var named = new TreeMap<String, int[]>();
        Workload.TRM_ARC.tensors().forEach((name, shape) -> named.put(TRAINED + name, shape));
        write(file, named, TRAINED, identifiers, Workload.HIDDEN);
    }

    /** @param identifiers rows of the puzzle embedding */
    static void write(Path file, SortedMap<String, int[]> shapes, long identifiers, int width) throws IOException {
        write(file, shapes, "", identifiers, width);
    }

    private static void write(Path file, SortedMap<String, int[]> shapes, String prefix, long identifiers, int width)
            throws IOException {
        var header = new ArrayList<String>();
        long offset = 0;
        for (var tensor : shapes.entrySet()) {
            long bytes = 4L * elements(tensor.getValue());
            header.add(entry(tensor.getKey(), dims(tensor.getValue()), offset, offset + bytes));
            offset += bytes;
        }
        long end = offset + 4L * identifiers * width;
        header.add(entry(prefix + "puzzle_emb.weights", identifiers + "," + width, offset, end));
        byte[] json = ("{" + String.join(",", header) + "}").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer length = little(8).putLong(json.length).flip();
            channel.write(length);
            channel.write(ByteBuffer.wrap(json));
            var random = new Random(SEED);
            for (int[] shape : shapes.values()) {
                channel.write(values(shape, random));
            }
            channel.write(ByteBuffer.allocate(1), 8 + json.length + end - 1);
        }
    }

    private static String entry(String name, String dims, long begin, long end) {
        return "\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[" + dims + "],\"data_offsets\":[" + begin + "," + end
                + "]}";
    }

    private static String dims(int[] shape) {
        return shape.length == 1 ? String.valueOf(shape[0]) : shape[0] + "," + shape[1];
    }

    private static int elements(int[] shape) {
        return shape.length == 1 ? shape[0] : shape[0] * shape[1];
    }

    /** Normal numbers of the deviation 1/√(inputs), as the authors initialise. */
    private static ByteBuffer values(int[] shape, Random random) {
        double deviation = 1 / Math.sqrt(shape[shape.length - 1]);
        int count = elements(shape);
        ByteBuffer bytes = little(4 * count);
        for (int i = 0; i < count; i++) {
            bytes.putFloat((float) (random.nextGaussian() * deviation));
        }
        return bytes.flip();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
