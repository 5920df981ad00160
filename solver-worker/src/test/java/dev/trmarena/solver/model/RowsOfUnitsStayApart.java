package dev.trmarena.solver.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a CPU no rows of two units go through the scripts together. Many machines sum alike however many rows there are, and their answers would not
 * tell: a script that gives the number of its rows for the halt logit does.
 */
class RowsOfUnitsStayApart {
    private static final String HALT = "return torch.contiguous(torch.to(q, 6))";
    private static final Scripts COUNTING = name -> {
        String text = Scripts.OURS.read(name);
        if (name.startsWith("frame")) {
            assertThat(text).contains(HALT);
        }
        return text.replace(
                HALT, "return torch.contiguous(torch.add(torch.mul(torch.to(q, 6), 0), torch.size(carry[0], 0)))");
    };

    @TempDir
    Path folder;

    @Test
    void in_a_batch_of_several() throws IOException {
        Path golden = Golden.folder("models/trm_hier6");
        Path weights = folder.resolve("weights.safetensors");
        CheckpointManifest manifest = Checkpoints.inspect(golden, weights);
        int[] puzzle = Checkpoints.tokens(golden)[0];
        int[][] tokens = Collections.nCopies(7, puzzle).toArray(int[][]::new);
        try (Network network =
                ScriptNetwork.open(manifest, weights, Device.cpu(), Dtype.FLOAT32, Kernels.GENERIC, COUNTING)) {
            assertThat(rowsTogether(network, tokens, 0)).containsExactly(7, 7, 7, 7, 7, 7, 7);
            assertThat(rowsTogether(network, tokens, 0, 3, 5)).containsExactly(3, 3, 3, 2, 2, 2, 2);
        }
    }

    @Test
    void and_each_unit_is_cut_as_if_it_were_alone() {
        assertThat(BatchSlice.ends(new int[] {0}, 7, 3)).containsExactly(3, 6, 7);
        assertThat(BatchSlice.ends(new int[] {0, 5}, 10, 3)).containsExactly(3, 5, 8, 10);
        assertThat(BatchSlice.ends(new int[] {0, 3}, 6, 3)).containsExactly(3, 6);
        assertThat(BatchSlice.ends(new int[] {0, 3, 5}, 7, Integer.MAX_VALUE)).containsExactly(3, 5, 7);
    }

    private static List<Integer> rowsTogether(Network network, int[][] tokens, int... firsts) throws IOException {
        var results = new ArrayList<StepResult>();
        network.run(tokens, new int[tokens.length], firsts, Schedule.exactly(1), StepOutputs.ANSWER, results::add);
        float[] counts = results.get(0).qHalt();
        return IntStream.range(0, counts.length)
                .mapToObj(row -> (int) counts[row])
                .toList();
    }
}
