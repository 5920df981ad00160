package dev.trmarena.ingest.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.EstimateMemory;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.http.refuse.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The memory of a network is estimated; what is more than the largest solver holds, or than the platform's settings while none lives,
 * is refused with both numbers.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnInspectionRefusesWhatNoSolverHolds {
    private static final MemoryConfig SETTINGS = new MemoryConfig() {
        @Override
        public long networkBytes() {
            return 4_000_000_000L;
        }

        @Override
        public long stepBytes() {
            return 2_000_000_000L;
        }
    };

    @Test
    void the_published_networks_fit() {
        assertThat(misfit(512, 8, 16, 7_000_000, 900)).isNull();
        assertThat(EstimateMemory.ofStep(hyper(512, 8, 16), 900)).isBetween(50e6, 100e6);
    }

    /** A checkpoint of 4.6 MB of packed zeros was 115 million values; these are ten times as many. */
    @Test
    void more_weights_than_a_solver_has_memory() {
        Problem misfit = Objects.requireNonNull(misfit(512, 8, 16, 1_150_000_000, 900));
        assertThat(misfit.status()).isEqualTo(422);
        assertThat(misfit.title()).contains("takes 9200 MB", "at most 4000 MB");
        assertThat(misfit.remedy()).contains("arena.memory.network-bytes");
    }

    @Test
    void a_step_larger_than_a_solvers_memory() {
        Problem misfit = Objects.requireNonNull(misfit(512, 1024, 1024, 7_000_000, 65_025));
        assertThat(misfit.title()).contains("a step of one example of 'maze'", "at most 2000 MB");
        assertThat(misfit.remedy()).contains("arena.memory.step-bytes");
    }

    @Test
    void more_weights_than_the_largest_solver_has() {
        CheckpointManifest manifest = manifest(512, 8, 16, 1_150_000_000);
        assertThat(FitInMemory.beyondTheLargest(9_200_000_000L, "step_1", manifest, set(900)))
                .as("whatever the settings say")
                .isNull();
        Problem misfit =
                Objects.requireNonNull(FitInMemory.beyondTheLargest(9_100_000_000L, "step_1", manifest, set(900)));
        assertThat(misfit.status()).isEqualTo(422);
        assertThat(misfit.title()).contains("takes 9200 MB", "the largest solver that lives has 9100 MB");
        assertThat(misfit.remedy()).contains("start a solver with more memory");
    }

    /** 28 MB of weights stay, and to load them twice as much was there. */
    @Test
    void a_step_that_is_too_large_beside_the_weights() {
        CheckpointManifest manifest = manifest(512, 8, 16, 7_000_000);
        double step = EstimateMemory.ofStep(hyper(512, 8, 16), 900);
        long both = (long) Math.ceil(step) + 28_000_000;
        assertThat(FitInMemory.beyondTheLargest(both, "step_1", manifest, set(900)))
                .isNull();
        Problem misfit =
                Objects.requireNonNull(FitInMemory.beyondTheLargest(both - 1_000_000, "step_1", manifest, set(900)));
        assertThat(misfit.title())
                .contains(
                        "a step of one example of 'maze' takes", "MB beside 28 MB of weights, and the largest solver");
    }

    private static @Nullable Problem misfit(int hidden, int heads, int front, long core, int tokens) {
        return FitInMemory.beyondTheSettings(SETTINGS, "step_1", manifest(hidden, heads, front, core), set(tokens));
    }

    private static CheckpointManifest manifest(int hidden, int heads, int front, long core) {
        return new CheckpointManifest(
                Architecture.TRM,
                hyper(hidden, heads, front),
                Map.of(),
                List.of(),
                List.of(),
                "",
                "",
                "",
                core,
                0,
                EstimateMemory.ofLoading(core));
    }

    private static PuzzleSetRow set(int tokens) {
        return new PuzzleSetRow(UUID.randomUUID(), "maze", "maze", "", tokens, 6, 1, 10, 10);
    }

    private static HyperParameters hyper(int hidden, int heads, int front) {
        var draft = new HyperParameters.Draft();
        draft.hiddenSize = hidden;
        draft.numHeads = heads;
        draft.headSize = Math.max(1, hidden / heads);
        draft.expansion = 4;
        draft.hCycles = 3;
        draft.lCycles = 4;
        draft.lLayers = 2;
        draft.haltMaxSteps = 16;
        draft.posEncodings = "rope";
        draft.ropeTheta = 1e4;
        draft.rmsNormEps = 1e-5;
        draft.puzzleEmbLen = front;
        draft.forwardDtype = "float32";
        draft.vocabSize = 12;
        return draft.made();
    }
}
