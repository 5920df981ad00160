package dev.trmarena.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Schedule;
import dev.trmarena.solver.model.StepOutputs;
import dev.trmarena.solver.solve.BatchAnswers;
import dev.trmarena.solver.solve.SolveBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a solver does for days: run, be cancelled, be given nonsense, in one process that must not end or grow. */
class ANetworkIsSafeToRun {
    @TempDir
    Path folder;

    @Test
    void its_weights_do_not_live_in_memory_that_the_collector_frees() throws IOException {
        Path golden = Golden.folder("models/trm_singlez");
        try (Network network = Checkpoints.open(golden, folder, null, null)) {
            byte[][] before = answers(network, golden).tokens();
            for (int i = 0; i < 20; i++) {
                System.gc();
                ByteBuffer rubbish = ByteBuffer.allocateDirect(1 << 20);
                while (rubbish.hasRemaining()) {
                    rubbish.put((byte) 0x7f);
                }
            }
            assertThat(answers(network, golden).tokens()).isDeepEqualTo(before);
        }
    }

    @Test
    void a_cancelled_run_frees_everything_and_the_network_stays_usable() throws IOException {
        Path golden = Golden.folder("models/trm_att_full_seq");
        try (Network network = Checkpoints.open(golden, folder, null, null)) {
            cancelled(network, golden, 20);
            long settled = residentKilobytes();
            cancelled(network, golden, 150);
            // A leaked run would keep its embedded input and a carry, each B x S x D in float32.
            int[][] tokens = Checkpoints.tokens(golden);
            int positions = tokens[0].length + network.hyperParameters().puzzleEmbLen();
            long leakKilobytes = 150L
                    * 3
                    * tokens.length
                    * positions
                    * network.hyperParameters().hiddenSize()
                    * 4
                    / 1024;
            assertThat(residentKilobytes() - settled).isLessThan(leakKilobytes / 2);
            assertThat(answers(network, golden).tokens()).hasDimensions(tokens.length, tokens[0].length);
        }
    }

    private static void cancelled(Network network, Path golden, int times) throws IOException {
        int[][] tokens = Checkpoints.tokens(golden);
        int[] identifiers = Checkpoints.identifiers(golden);
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> network.run(tokens, identifiers, 4, StepOutputs.ANSWER, result -> {
                        throw new CancellationException("enough");
                    }))
                    .isInstanceOf(CancellationException.class);
        }
    }

    private static long residentKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.isReadable(status), "resident memory is read from /proc, which is missing here");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Dtype.class)
    void in_every_type(Dtype dtype) throws IOException {
        Path golden = Golden.folder("models/trm_singlez");
        try (Network network = Checkpoints.open(golden, folder, dtype, null)) {
            assertThat(network.dtype()).isEqualTo(dtype);
            assertThat(answers(network, golden).qHalt()).hasSize(Checkpoints.tokens(golden).length);
        }
    }

    @Test
    void nonsense_is_refused_in_words() throws IOException {
        Path golden = Golden.folder("models/trm_singlez");
        int[][] tokens = Checkpoints.tokens(golden);
        int[] identifiers = Checkpoints.identifiers(golden);
        try (Network network = Checkpoints.open(golden, folder, null, null)) {
            int[][] strange = Arrays.stream(tokens).map(int[]::clone).toArray(int[][]::new);
            strange[1][3] = network.hyperParameters().vocabSize();
            refused(network, strange, identifiers, 2, "example 1, cell 3: token 12");
            refused(network, new int[0][], new int[0], 2, "a batch of 0 examples");
            refused(network, tokens, new int[] {1}, 2, "and 1 identifiers");
            refused(network, new int[][] {{1, 2}, {1}}, new int[] {0, 0}, 2, "example 1 has 1 tokens");
            refused(network, tokens, identifiers, 0, "the number of steps is 0");
            int[] beyond = identifiers.clone();
            beyond[0] = network.hyperParameters().identifierCount();
            refused(network, tokens, beyond, 2, "no row 20");
        }
    }

    private static void refused(Network network, int[][] tokens, int[] identifiers, int steps, String words) {
        assertThatThrownBy(() -> network.run(tokens, identifiers, steps, result -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    /** The authors' loop repeats rows until all halt together; the answer is that of a row alone. */
    @Test
    void an_answer_with_act_inference_does_not_depend_on_the_batch() throws IOException {
        Path golden = Golden.folder("models/transformers_baseline_act_inference");
        try (Network network = Checkpoints.open(golden, folder, null, null)) {
            byte[][] alone = answers(network, golden).tokens();
            var together = new byte[alone.length][];
            network.run(
                    Checkpoints.tokens(golden),
                    Checkpoints.identifiers(golden),
                    network.hyperParameters().haltMaxSteps(),
                    result -> {
                        if (result.last()) {
                            Arrays.setAll(together, result::answer);
                        }
                    });
            assertThat(alone).isDeepEqualTo(together);
        }
    }

    @Test
    void early_halting_has_no_meaning_beside_act_inference() throws IOException {
        Path golden = Golden.folder("models/transformers_baseline_act_inference");
        try (Network network = Checkpoints.open(golden, folder, null, null)) {
            assertThatThrownBy(() -> network.run(
                            Checkpoints.tokens(golden),
                            Checkpoints.identifiers(golden),
                            new Schedule(4, true),
                            StepOutputs.ANSWER,
                            result -> {}))
                    .hasMessageContaining("act_inference");
        }
    }

    private static BatchAnswers answers(Network network, Path golden) throws IOException {
        return SolveBatch.solve(
                network,
                Checkpoints.tokens(golden),
                Checkpoints.identifiers(golden),
                new int[] {0},
                Schedule.exactly(network.hyperParameters().haltMaxSteps()),
                StepOutputs.ANSWER,
                result -> {});
    }
}
