package dev.trmarena.ingest.inspect;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.EstimateMemory;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.http.refuse.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** A network that no solver holds would end one after the other: its memory is estimated, and refused when it is asked for. */
@ApplicationScoped
public class FitInMemory {
    private static final int UNPROCESSABLE = 422;

    private final MemoryConfig config;

    FitInMemory(MemoryConfig config) {
        this.config = config;
    }

    /** @throws Refusal 422 naming the estimate and the limit */
    public void check(String file, CheckpointManifest manifest, PuzzleSetRow set) {
        Problem misfit = misfit(file, manifest, set);
        if (misfit != null) {
            throw new Refusal(misfit);
        }
    }

    /** @return null when it fits, else the estimate and the limit */
    @Nullable
    Problem misfit(String file, CheckpointManifest manifest, PuzzleSetRow set) {
        if (manifest.peakBytes() > config.networkBytes()) {
            return Problem.of(
                    UNPROCESSABLE,
                    file,
                    null,
                    "to load it takes " + megabytes(manifest.peakBytes()) + " MB of a solver's memory, at most "
                            + megabytes(config.networkBytes()) + " MB may be taken",
                    "evaluate a smaller network; whoever runs the platform may raise arena.memory.network-bytes");
        }
        double step = EstimateMemory.ofStep(manifest.hyperParameters(), set.seqLen());
        if (step > config.stepBytes()) {
            return Problem.of(
                    UNPROCESSABLE,
                    file,
                    null,
                    "a step of one example of '" + set.name() + "' takes " + megabytes(step)
                            + " MB of a solver's memory, at most " + megabytes(config.stepBytes()) + " MB may be taken",
                    "correct num_heads, puzzle_emb_len and expansion; whoever runs the platform may raise"
                            + " arena.memory.step-bytes");
        }
        return null;
    }

    private static long megabytes(double bytes) {
        return Math.round(bytes / 1e6);
    }
}
