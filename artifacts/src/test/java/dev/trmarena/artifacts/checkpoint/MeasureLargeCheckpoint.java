package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.safetensors.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Not a test: inspects a checkpoint as large as the published ones and prints seconds and the largest heap. Too slow for the
 * suite; run {@code main FOLDER [ROWS]} by hand with the test class path and {@code -Xmx512m}. FOLDER takes twice the file.
 */
final class MeasureLargeCheckpoint {
    private static final int WIDTH = 512;
    private static final String EMBEDDING = "archive/data/elsewhere";

    private MeasureLargeCheckpoint() {}

    public static void main(String[] args) throws IOException {
        int rows = args.length > 1 ? Integer.parseInt(args[1]) : 1_200_000;
        Path folder = Path.of(args[0]);
        Path file = folder.resolve("step_1");
        Path out = folder.resolve("weights.safetensors");
        try {
            write(file, rows);
            long begun = System.nanoTime();
            var settings = new HashMap<>(SmallTrm.SETTINGS);
            settings.put("puzzle_emb_len", String.valueOf(WIDTH / SmallTrm.D));
            CheckpointManifest manifest =
                    CheckpointInspection.convert(file, "step_1", new Configuration(null, null, null, settings), out);
            double seconds = (System.nanoTime() - begun) / 1e9;
            long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .map(MemoryPoolMXBean::getPeakUsage)
                    .mapToLong(usage -> usage.getUsed())
                    .sum();
            System.out.printf(
                    Locale.ROOT,
                    "%d rows, %d bytes: %.1f s, %.0f MB/s, heap at most %d MiB of %d; %d + %d parameters, digest %s%n",
                    rows,
                    Files.size(file),
                    seconds,
                    Files.size(file) / seconds / 1e6,
                    heap >> 20,
                    Runtime.getRuntime().maxMemory() >> 20,
                    manifest.coreParameters(),
                    manifest.embeddingParameters(),
                    manifest.tensorDigest());
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(out);
        }
    }

    /** The small TRM, but for its puzzle embedding, whose storage is too large for an array. */
    private static void write(Path file, int rows) throws IOException {
        var tensors = new ArrayList<>(SmallTrm.tensors(1));
        tensors.removeIf(tensor -> tensor.name().equals("puzzle_emb.weights"));
        TestTensor large = TestTensor.whole("puzzle_emb.weights", TensorType.F32, new byte[0], rows, WIDTH);
        Map<String, byte[]> entries = new TorchFile().entriesWith(tensors, large);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var directory = new ByteArrayOutputStream();
            int count = 0;
            for (var entry : entries.entrySet()) {
                directory.write(plain(out, "archive/" + entry.getKey(), entry.getValue()));
                count++;
            }
            directory.write(embedding(out, rows));
            long at = out.position();
            full(out, directory.toByteArray());
            ByteBuffer end = little(22).putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
            end.putShort((short) (count + 1)).putShort((short) (count + 1));
            end.putInt(directory.size()).putInt((int) at).putShort((short) 0);
            full(out, end.array());
        }
    }

    private static byte[] plain(FileChannel out, String name, byte[] bytes) throws IOException {
        var crc = new CRC32();
        crc.update(bytes);
        long at = out.position();
        full(out, header(name, bytes.length, crc.getValue(), -1));
        full(out, bytes);
        return header(name, bytes.length, crc.getValue(), at);
    }

    private static byte[] embedding(FileChannel out, int rows) throws IOException {
        long at = out.position();
        full(out, header(EMBEDDING, 4L * rows * WIDTH, 0, -1));
        ByteBuffer row = little(4 * WIDTH);
        var random = new Random(2);
        for (int i = 0; i < WIDTH; i++) {
            row.putFloat((float) random.nextGaussian());
        }
        ByteBuffer many = little(512 * 4 * WIDTH);
        while (many.hasRemaining()) {
            many.put(row.array());
        }
        for (int left = rows; left > 0; left -= 512) {
            many.clear().limit(Math.min(left, 512) * 4 * WIDTH);
            while (many.hasRemaining()) {
                out.write(many);
            }
        }
        return header(EMBEDDING, 4L * rows * WIDTH, 0, at);
    }

    /** @param at position of the local header for an entry of the directory; negative for the local header itself */
    private static byte[] header(String name, long size, long crc, long at) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        boolean local = at < 0;
        ByteBuffer header = little((local ? 30 : 46) + text.length).putInt(local ? 0x04034b50 : 0x02014b50);
        if (!local) {
            header.putShort((short) 20);
        }
        header.putShort((short) 20)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt((int) crc);
        header.putInt((int) size)
                .putInt((int) size)
                .putShort((short) text.length)
                .putShort((short) 0);
        if (!local) {
            header.putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt((int) at);
        }
        return header.put(text).array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void full(FileChannel out, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }
}
