package dev.trmarena.solver.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.management.ThreadMXBean;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tensor of any size comes into native memory with a piece of it in Java's heap, and every value is what it was. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ALargeTensorIsReadInPieces {
    private static final int ROWS = 9;
    private static final int COLUMNS = 1_000_003;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    @Test
    void with_the_same_values() throws IOException {
        try (SafetensorsFile tensors = SafetensorsFile.open(file());
                NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            var read = HostArrays.floats(manager, tensors, "w");
            assertThat(read.getShape()).isEqualTo(new Shape(ROWS, COLUMNS));
            assertThat(read.toFloatArray()).isEqualTo(tensors.floats("w"));
        }
    }

    @Test
    void and_a_piece_in_the_heap() throws IOException {
        try (SafetensorsFile tensors = SafetensorsFile.open(file())) {
            long thread = Thread.currentThread().getId();
            long before = THREADS.getThreadAllocatedBytes(thread);
            float[] piece = tensors.floats("w", COLUMNS - 2L, 4);
            assertThat(THREADS.getThreadAllocatedBytes(thread) - before).isLessThan(1 << 20);
            float[] whole = tensors.floats("w");
            for (int i = 0; i < piece.length; i++) {
                assertThat(piece[i]).isEqualTo(whole[COLUMNS - 2 + i]);
            }
        }
    }

    /** One tensor in bfloat16, whose bits are its index. */
    private Path file() throws IOException {
        int bytes = 2 * ROWS * COLUMNS;
        byte[] header = ("{\"w\":{\"dtype\":\"BF16\",\"shape\":[" + ROWS + "," + COLUMNS + "],\"data_offsets\":[0,"
                        + bytes + "]}}")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            // Without the exponents of NaN, which is equal to nothing.
            file.putShort((short) (i % 0x7f00));
        }
        return Files.write(folder.resolve("w.safetensors"), file.array());
    }
}
