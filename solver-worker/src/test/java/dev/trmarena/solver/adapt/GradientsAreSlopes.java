package dev.trmarena.solver.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.Checkpoints;
import dev.trmarena.solver.model.Improved;
import dev.trmarena.solver.model.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Of families that no case of training is of: where all of a step is recorded, the gradient of a row is how the loss changes with it. So that
 * all is recorded, the network is run with one H cycle.
 */
class GradientsAreSlopes {
    private static final int LENGTH = 16;
    private static final int DIRECTIONS = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "trm_singlez, 1, 2",
        "trm_hier6, 1, 3",
        "transformers_baseline_act_inference, 0, 0",
        "trm_att_full_seq, 1, 2"
    })
    void of_the_loss(String name, int high, int low) throws IOException {
        Path weights = folder.resolve("weights.safetensors");
        CheckpointManifest own = Checkpoints.inspect(Golden.folder("models/" + name), weights);
        CheckpointManifest manifest = high == 0 ? own : own.withCycles(high, low);
        var hyper = manifest.hyperParameters();
        int length = hyper.seqLen() == 0 ? LENGTH : hyper.seqLen();
        var draws = new SplittableRandom(7);
        int[][] tokens = {draws.ints(length, 0, hyper.vocabSize()).toArray()};
        int[][] labels = {draws.ints(length, 0, hyper.vocabSize()).toArray()};
        float[] row = new float[hyper.puzzleEmbNdim()];
        IntStream.range(0, row.length).forEach(i -> row[i] = (float) draws.nextDouble(-1, 1));
        float[] gradient;
        try (var network = TrainableNetwork.open(manifest, weights, Dtype.FLOAT32, false)) {
            gradient = improved(network, tokens, labels, row).rowGradients();
        }
        assertThat(gradient).hasSameSizeAs(row);
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            float[] away = new float[row.length];
            float step = 1e-3f;
            double slope = 0;
            for (int i = 0; i < row.length; i++) {
                boolean up = draws.nextBoolean();
                away[i] = up ? step : -step;
                slope += gradient[i] * (up ? 1 : -1);
            }
            double measured = (loss(manifest, weights, tokens, labels, moved(row, away, 1))
                            - loss(manifest, weights, tokens, labels, moved(row, away, -1)))
                    / (2 * step);
            assertThat(measured).isCloseTo(slope, within(0.02 * norm(gradient) + 0.02 * Math.abs(slope)));
        }
    }

    private static float[] moved(float[] row, float[] by, int sign) {
        float[] moved = row.clone();
        IntStream.range(0, moved.length).forEach(i -> moved[i] += sign * by[i]);
        return moved;
    }

    private static double norm(float[] values) {
        return Math.sqrt(IntStream.range(0, values.length)
                .mapToDouble(i -> (double) values[i] * values[i])
                .sum());
    }

    private static double loss(CheckpointManifest manifest, Path weights, int[][] tokens, int[][] labels, float[] row)
            throws IOException {
        try (var network = TrainableNetwork.open(manifest, weights, Dtype.FLOAT32, false)) {
            return improved(network, tokens, labels, row).loss();
        }
    }

    private static Improved improved(TrainableNetwork network, int[][] tokens, int[][] labels, float[] row) {
        return network.improve(tokens, labels, new boolean[] {true}, new boolean[] {false}, row, 1);
    }

    @Test
    void only_of_networks_that_the_authors_trainer_trains() throws IOException {
        Path weights = folder.resolve("weights.safetensors");
        CheckpointManifest manifest = Checkpoints.inspect(Golden.folder("families/urm_arc"), weights);
        assertThatThrownBy(() -> TrainableNetwork.open(manifest, weights, null, false))
                .hasMessageContaining("networks of urm are not trained here");
    }
}
