package dev.trmarena.ingest.inspect;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.EstimateMemory;
import dev.trmarena.db.board.ReadSolvers;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.puzzles.score.Adaptation;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A network that no solver holds would end one after the other: its memory is estimated, and refused when it is asked for. Solvers say
 * what they hold; while none lives that does, the platform's settings count.
 */
@ApplicationScoped
public class FitInMemory {
    private static final int UNPROCESSABLE = 422;

    private final MemoryConfig config;
    private final Jdbi jdbi;

    FitInMemory(MemoryConfig config, Jdbi jdbi) {
        this.config = config;
        this.jdbi = jdbi;
    }

    /** @throws Refusal 422 naming the estimate and the limit */
    public void check(String file, CheckpointManifest manifest, PuzzleSetRow set) {
        Problem misfit = misfit(file, manifest, set);
        if (misfit != null) {
            throw new Refusal(misfit);
        }
    }

    /**
     * The same of the steps by which the protocol adapts rows, or all weights.
     *
     * @throws Refusal 422 naming the estimate and the limit
     */
    public void check(String file, CheckpointManifest manifest, PuzzleSetRow set, Adaptation adaptation) {
        double step = adaptation.slots() * EstimateMemory.ofTrainingStep(manifest.hyperParameters(), set.seqLen())
                + (adaptation.isOfUnits() ? 0 : EstimateMemory.ofTraining(manifest.coreParameters()));
        String words = "a training step of " + adaptation.slots() + " examples of '" + set.name() + "'";
        Problem misfit = jdbi.withHandle(ReadSolvers::largestMemory)
                .map(largest -> stepBeyondTheLargest(largest, file, manifest, words, step))
                .orElseGet(() -> stepBeyondTheSettings(config, file, words, step));
        if (misfit != null) {
            throw new Refusal(misfit);
        }
    }

    /** @return null when it fits, else the estimate and the limit */
    @Nullable
    Problem misfit(String file, CheckpointManifest manifest, PuzzleSetRow set) {
        return jdbi.withHandle(ReadSolvers::largestMemory)
                .map(largest -> beyondTheLargest(largest, file, manifest, set))
                .orElseGet(() -> beyondTheSettings(config, file, manifest, set));
    }

    /** @param largest bytes that the largest of the solvers holds */
    static @Nullable Problem beyondTheLargest(
            long largest, String file, CheckpointManifest manifest, PuzzleSetRow set) {
        String has = " MB, and the largest solver that lives has " + megabytes(largest) + " MB";
        if (manifest.peakBytes() > largest) {
            return problem(
                    file,
                    "to load it takes " + megabytes(manifest.peakBytes()) + has,
                    "evaluate a smaller network, or start a solver with more memory");
        }
        double step = EstimateMemory.ofStep(manifest.hyperParameters(), set.seqLen());
        return stepBeyondTheLargest(largest, file, manifest, "a step of one example of '" + set.name() + "'", step);
    }

    private static @Nullable Problem stepBeyondTheLargest(
            long largest, String file, CheckpointManifest manifest, String words, double step) {
        double weights = EstimateMemory.ofKeeping(manifest.coreParameters());
        return step + weights <= largest
                ? null
                : problem(
                        file,
                        words + " takes " + megabytes(step) + " MB beside " + megabytes(weights)
                                + " MB of weights, and the largest solver that lives has " + megabytes(largest) + " MB",
                        "correct num_heads, puzzle_emb_len and expansion, or start a solver with more memory");
    }

    static @Nullable Problem beyondTheSettings(
            MemoryConfig config, String file, CheckpointManifest manifest, PuzzleSetRow set) {
        String most = " MB of a solver's memory, at most ";
        if (manifest.peakBytes() > config.networkBytes()) {
            return problem(
                    file,
                    "to load it takes " + megabytes(manifest.peakBytes()) + most + megabytes(config.networkBytes())
                            + " MB may be taken while no solver says what it holds",
                    "evaluate a smaller network, or start a solver that holds it; whoever runs the platform may raise"
                            + " arena.memory.network-bytes");
        }
        double step = EstimateMemory.ofStep(manifest.hyperParameters(), set.seqLen());
        return stepBeyondTheSettings(config, file, "a step of one example of '" + set.name() + "'", step);
    }

    private static @Nullable Problem stepBeyondTheSettings(
            MemoryConfig config, String file, String words, double step) {
        return step <= config.stepBytes()
                ? null
                : problem(
                        file,
                        words + " takes " + megabytes(step) + " MB of a solver's memory, at most "
                                + megabytes(config.stepBytes()) + " MB may be taken while no solver says what it holds",
                        "correct num_heads, puzzle_emb_len and expansion; whoever runs the platform may raise"
                                + " arena.memory.step-bytes");
    }

    private static Problem problem(String file, String words, String remedy) {
        return Problem.of(UNPROCESSABLE, file, null, words, remedy);
    }

    private static long megabytes(double bytes) {
        return Math.round(bytes / 1e6);
    }
}
