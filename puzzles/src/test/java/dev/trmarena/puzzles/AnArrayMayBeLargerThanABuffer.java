package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.npy.NpyOutput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays of 400,000 × 900 int64, as NumPy writes predictions of a published set when it is not told otherwise, have 2.9 GB. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnArrayMayBeLargerThanABuffer {
    private static final int EXAMPLES = 400_000;
    private static final int LENGTH = 900;
    /** 2^30 bytes, where one piece of the mapping ends. */
    private static final long PIECE = (1L << 30) / 8;

    @TempDir
    Path folder;

    @Test
    void and_is_read_to_its_last_number() throws IOException {
        Path file = folder.resolve("preds.npy");
        byte[] header = Npy.header("i8", EXAMPLES, LENGTH);
        long last = (long) EXAMPLES * LENGTH - 1;
        long[] places = {0, PIECE - 1, PIECE, 2 * PIECE - 1, 2 * PIECE, last};
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(header);
            out.setLength(header.length + (last + 1) * 8);
            for (int i = 0; i < places.length; i++) {
                out.seek(header.length + places[i] * 8);
                out.writeLong(Long.reverseBytes(-1_000_000_000_000L - i));
            }
        }
        NpyArray array = Npy.open(file);
        assertThat(array.count()).isEqualTo(last + 1);
        assertThat(array.rowLength()).isEqualTo(LENGTH);
        for (int i = 0; i < places.length; i++) {
            assertThat(array.longAt(places[i])).isEqualTo(-1_000_000_000_000L - i);
            assertThat(array.longAt(places[i] == last ? last - 1 : places[i] + (i % 2 == 0 ? 1 : -1)))
                    .isZero();
        }
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(out.length() - 1);
        }
        assertThatThrownBy(() -> Npy.open(file))
                .hasMessageContaining("2880000000")
                .hasMessageContaining("2879999999");
    }

    /** Logits of such a set: 4.3 thousand million values, of which a few are written. */
    @Test
    void and_is_written_anywhere_in_it() throws IOException {
        Path file = folder.resolve("logits.npy");
        int vocabulary = 12;
        long all = (long) EXAMPLES * LENGTH * vocabulary;
        try (var output = new NpyOutput(file)) {
            output.write(3_000_000_000L, new float[] {1.5f, -2});
            output.write(all - 1, new float[] {7});
            output.unknown(10, 40_000);
            output.finish("f4", EXAMPLES, LENGTH, vocabulary);
        }
        NpyArray array = Npy.open(file);
        assertThat(array.shape()).containsExactly(EXAMPLES, LENGTH, vocabulary);
        assertThat(array.floatAt(3_000_000_000L)).isEqualTo(1.5f);
        assertThat(array.floatAt(3_000_000_001L)).isEqualTo(-2f);
        assertThat(array.floatAt(all - 1)).isEqualTo(7f);
        assertThat(array.floatAt(9)).isZero();
        assertThat(array.floatAt(10)).isNaN();
        assertThat(array.floatAt(40_009)).isNaN();
        assertThat(array.floatAt(40_010)).isZero();
    }

    @Test
    void and_is_the_same_file_whichever_way_it_is_written() throws IOException {
        float[] values = new float[30_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 3f;
        }
        Npy.writeFloat32(folder.resolve("at-once.npy"), values, 3, 10_000);
        try (var output = new NpyOutput(folder.resolve("in-pieces.npy"))) {
            output.write(20_000, Arrays.copyOfRange(values, 20_000, 30_000));
            output.write(0, Arrays.copyOf(values, 20_000));
            // What an earlier run left behind the end.
            output.write(30_000, new float[5]);
            assertThatThrownBy(() -> output.finish("f4", 4, 10_000)).hasMessageContaining("bytes were written");
            output.finish("f4", 3, 10_000);
        }
        assertThat(folder.resolve("in-pieces.npy")).hasSameBinaryContentAs(folder.resolve("at-once.npy"));
        Npy.writeInt32(folder.resolve("ints.npy"), new int[] {1, -2, 3, 4}, 2, 2);
        try (var output = new NpyOutput(folder.resolve("more-ints.npy"))) {
            output.write(2, new int[] {3, 4});
            output.write(0, new int[] {1, -2});
            output.finish("i4", 2, 2);
        }
        assertThat(Files.readAllBytes(folder.resolve("more-ints.npy")))
                .isEqualTo(Files.readAllBytes(folder.resolve("ints.npy")));
    }
}
