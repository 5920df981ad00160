package dev.trmarena.solver.solve;

import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.solver.model.Dtype;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint on this machine, without a platform: arrays in, arrays out. Writes {@code preds.npy} (i4 B×L), {@code
 * q_halt.npy} and {@code q_continue.npy} (f4 steps×B), and for each step asked for {@code logits_step<k>.npy} (f4 B×L×V).
 */
public final class LocalSolve {
    /**
     * @param config the trainer's {@code all_config.yaml}; null to look beside the checkpoint
     * @param saveLogits step numbers from 1, and {@code last}
     * @param batchSize examples that run together
     * @param preset a published recipe; see {@link Configuration#presets()}
     * @param given single settings by their names in the configuration file; they win
     * @param dtype what to compute in; null for the checkpoint's own {@code forward_dtype}
     */
    public record Request(
            Path checkpoint,
            @Nullable Path config,
            @Nullable String preset,
            Map<String, String> given,
            Path inputs,
            Path puzzleIdentifiers,
            Path out,
            Set<String> saveLogits,
            int batchSize,
            @Nullable Dtype dtype) {
        public Request {
            given = Map.copyOf(given);
            saveLogits = Set.copyOf(saveLogits);
            if (batchSize < 1) {
                throw new IllegalArgumentException("batch size is " + batchSize);
            }
            for (String step : saveLogits) {
                if (!step.matches("last|[1-9][0-9]{0,5}")) {
                    throw new IllegalArgumentException("'" + step + "' is neither a step from 1 nor 'last'");
                }
            }
        }
    }

    /** Told after each batch. */
    @FunctionalInterface
    public interface Progress {
        void solved(int examples, int of);
    }

    /**
     * @param steps improvement steps of the batch that took the most
     * @param millis wall time of the inference alone
     */
    public record Summary(int examples, int steps, long millis) {}

    private final Request request;
    private final Progress progress;

    private LocalSolve(Request request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * @throws BadCheckpoint when the checkpoint or its configuration is at fault
     * @throws InputProblem when an array is
     */
    public static Summary run(Request request, Progress progress) throws IOException {
        return new LocalSolve(request, progress).run();
    }

    private Summary run() throws IOException {
        Path config = request.config() != null ? request.config() : beside(request.checkpoint());
        String name = String.valueOf(request.checkpoint().getFileName());
        Examples.requireFile(request.checkpoint(), "Name the checkpoint with --checkpoint.");
        Path work = Files.createTempDirectory("arena-solve");
        try {
            Path weights = work.resolve("weights.safetensors");
            var configuration = new Configuration(
                    config, config == null ? null : config.toString(), request.preset(), request.given());
            CheckpointManifest manifest =
                    CheckpointInspection.inspect(request.checkpoint(), name, configuration, weights);
            try (Network network = Networks.open(manifest, weights, request.dtype(), null)) {
                return solve(network);
            }
        } finally {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static @Nullable Path beside(Path checkpoint) {
        Path config = checkpoint.resolveSibling("all_config.yaml");
        return Files.isRegularFile(config) ? config : null;
    }

    private Summary solve(Network network) throws IOException {
        HyperParameters hyper = network.hyperParameters();
        Examples examples = Examples.read(request.inputs(), request.puzzleIdentifiers(), hyper);
        int steps = hyper.haltMaxSteps();
        requireReachable(steps);
        int count = examples.count();
        var recording = new Recording(count, examples.length(), hyper.vocabSize(), request.saveLogits());
        long nanos = 0;
        for (int from = 0; from < count; from += request.batchSize()) {
            int first = from;
            int end = Math.min(count, from + request.batchSize());
            long begun = System.nanoTime();
            network.run(
                    Arrays.copyOfRange(examples.inputs(), from, end),
                    Arrays.copyOfRange(examples.identifiers(), from, end),
                    steps,
                    recording.wanted(),
                    result -> recording.keep(result, first));
            nanos += System.nanoTime() - begun;
            progress.solved(end, count);
        }
        recording.write(request.out());
        return new Summary(count, recording.steps(), nanos / 1_000_000);
    }

    private void requireReachable(int steps) {
        for (String step : request.saveLogits()) {
            if (!step.equals("last") && Integer.parseInt(step) > steps) {
                throw new InputProblem(
                        "--save-logits", null, "step " + step + " of " + steps, "Name steps from 1 to " + steps + ".");
            }
        }
    }
}
