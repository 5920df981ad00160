package dev.trmarena.arena.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As many predictions as a published ARC set has, in the int64 that NumPy writes by default and the steps × examples of {@code
 * ./arena solve}: 2.9 GB, in the heap that {@code ./arena score} has. All but the last rows are padding.
 */
class AFullSetOfPredictionsIsScored {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo/arc-style");
    private static final int EXAMPLES = 400_000;
    private static final int LENGTH = 900;

    @TempDir
    Path folder;

    @Test
    void with_the_scores_of_the_few_that_count() throws Exception {
        NpyArray preds = Npy.open(DEMO.resolve("expected_preds.npy"));
        NpyArray halts = Npy.open(DEMO.resolve("expected_q_halt_logits.npy"));
        NpyArray inputs = Npy.open(DEMO.resolve("dataset/test/all__inputs.npy"));
        int few = inputs.shape()[0];
        int padding = EXAMPLES - few;
        int[] identifiers = identifiers(few);
        Path identifierFile = sparse("identifiers.npy", "i4", EXAMPLES);
        Path inputFile = sparse("inputs.npy", "u1", EXAMPLES, LENGTH);
        Path predFile = sparse("preds.npy", "i8", EXAMPLES, LENGTH);
        Path haltFile = sparse("q_halt.npy", "f4", 2, EXAMPLES);
        write(identifierFile, 4 * padding, few, 4, (bytes, i) -> bytes.putInt(identifiers[i]));
        write(inputFile, (long) padding * LENGTH, few * LENGTH, 1, (bytes, i) -> bytes.put((byte) inputs.longAt(i)));
        write(predFile, 8L * padding * LENGTH, few * LENGTH, 8, (bytes, i) -> bytes.putLong(preds.longAt(i)));
        // What an example did not reach is NaN: half of them end with the first step.
        write(haltFile, 4L * padding, few, 4, (bytes, i) -> bytes.putFloat(halts.floatAt(i)));
        write(
                haltFile,
                4L * (EXAMPLES + padding),
                few,
                4,
                (bytes, i) -> bytes.putFloat(i % 2 == 0 ? Float.NaN : halts.floatAt(i)));
        assertThat(Files.size(predFile)).isGreaterThan(Integer.MAX_VALUE);

        JsonNode scores = score(identifierFile, inputFile, predFile, haltFile);
        JsonNode expected = JSON.readTree(DEMO.resolve("expected_metrics.json").toFile());
        for (int k : new int[] {1, 2, 5, 10, 100, 1000}) {
            assertThat(scores.required("pass@" + k).doubleValue())
                    .as("pass@%s", k)
                    .isEqualTo(expected.findValue("ARC/pass@" + k).doubleValue());
        }
    }

    private static int[] identifiers(int examples) throws IOException {
        NpyArray perPuzzle = Npy.open(DEMO.resolve("dataset/test/all__puzzle_identifiers.npy"));
        NpyArray begins = Npy.open(DEMO.resolve("dataset/test/all__puzzle_indices.npy"));
        int[] identifiers = new int[examples];
        for (int p = 0; p < perPuzzle.count(); p++) {
            for (long i = begins.longAt(p); i < begins.longAt(p + 1); i++) {
                identifiers[(int) i] = (int) perPuzzle.longAt(p);
            }
        }
        return identifiers;
    }

    private Path sparse(String name, String type, int... shape) throws IOException {
        byte[] header = Npy.header(type, shape);
        long length = type.charAt(1) - '0';
        for (int size : shape) {
            length *= size;
        }
        Path file = folder.resolve(name);
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(header);
            out.setLength(header.length + length);
        }
        return file;
    }

    private interface Put {
        void put(ByteBuffer bytes, int index);
    }

    /** @param from in bytes behind the header */
    private static void write(Path file, long from, int count, int size, Put put) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * size).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            put.put(bytes, i);
        }
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(128 + from);
            out.write(bytes.array());
        }
    }

    /** In a process with the heap that the script gives it. */
    private static JsonNode score(Path identifiers, Path inputs, Path preds, Path halts) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Arena.class.getName(),
                        "score",
                        "--puzzles",
                        DEMO.resolve("dataset").toString(),
                        "--identifiers",
                        identifiers.toString(),
                        "--inputs",
                        inputs.toString(),
                        "--preds",
                        preds.toString(),
                        "--q-halt",
                        halts.toString(),
                        "--json"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return JSON.readTree(said);
    }
}
