package dev.trmarena.solver.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * DJL's arrays lie in direct buffers that the garbage collector frees with their Java object, whatever native code still
 * points there. Weights that shared that memory would turn into anything, now and then.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheWeightsOutliveWhatTheyWereReadFrom {
    private static final int[][] PUZZLE = {{2, 1, 1, 1, 1, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 2}};

    @TempDir
    Path folder;

    @Test
    void answers_stay_the_same_after_garbage_collection() throws IOException {
        Path demo = Path.of(System.getProperty("arena.root", "..")).resolve("demo/sudoku-4x4");
        Path weights = folder.resolve("weights.safetensors");
        CheckpointManifest manifest = CheckpointInspection.convert(
                demo.resolve("step_484"), "step_484", Configuration.of(demo.resolve("all_config.yaml"), null), weights);
        try (Network network = Networks.open(manifest, weights)) {
            float[] first = logits(network);
            List<ByteBuffer> taken = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                System.gc();
                takeFreedMemory(taken);
                assertThat(logits(network))
                        .as("logits after garbage collection %d", round)
                        .isEqualTo(first);
            }
            assertThat(taken).isNotEmpty();
        }
    }

    private static float[] logits(Network network) throws IOException {
        List<StepResult> steps = new ArrayList<>();
        network.run(
                PUZZLE, new int[1], 2, new StepOutputs(step -> false, step -> true, true, step -> false), steps::add);
        return steps.get(1).logits();
    }

    /** Buffers of the sizes that weights have, full of NaN: whoever still reads freed memory reads these. */
    private static void takeFreedMemory(List<ByteBuffer> taken) {
        for (int kilobytes : new int[] {1, 4, 16, 48, 64, 128, 256, 512}) {
            for (int i = 0; i < 8; i++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(kilobytes << 10).order(ByteOrder.nativeOrder());
                while (buffer.remaining() >= Float.BYTES) {
                    buffer.putFloat(Float.NaN);
                }
                taken.add(buffer);
            }
        }
    }
}
