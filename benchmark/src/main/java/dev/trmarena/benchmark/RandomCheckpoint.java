package dev.trmarena.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
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
        var arrays = new ArrayFile();
        shapes.forEach(arrays::declare);
        arrays.declare(prefix + "puzzle_emb.weights", Math.toIntExact(identifiers), width);
        try (FileChannel channel = arrays.open(file)) {
            var random = new Random(SEED);
            for (int[] shape : shapes.values()) {
                channel.write(values(shape, random));
            }
        }
    }

    private static int elements(int[] shape) {
        return shape.length == 1 ? shape[0] : shape[0] * shape[1];
    }

    /** Normal numbers of the deviation 1/√(inputs), as the authors initialise. */
    private static ByteBuffer values(int[] shape, Random random) {
        double deviation = 1 / Math.sqrt(shape[shape.length - 1]);
        int count = elements(shape);
        ByteBuffer bytes = ArrayFile.little(4 * count);
        for (int i = 0; i < count; i++) {
            bytes.putFloat((float) (random.nextGaussian() * deviation));
        }
        return bytes.flip();
    }
}
