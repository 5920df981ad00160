package dev.trmarena.solver.solve;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.store.Disk;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint on this machine, without a platform: arrays in, arrays out. Writes {@code preds.npy} (i4 B×L), {@code
 * q_halt.npy} and {@code q_continue.npy} (f4 steps×B), and for each step asked for {@code logits_step<k>.npy} (f4 B×L×V).
 *
 * <p>Memory does not depend on the number of examples: batches are read from mapped files, and their answers are written as
 * they come. {@code solve.json} says how many are; whoever asks for the same again goes on from there.
 */
public final class LocalSolve {
    /**
     * @param config the trainer's {@code all_config.yaml}; null to look beside the checkpoint
     * @param saveLogits step numbers from 1, and {@code last}
     * @param puzzleIdentifiers null for a checkpoint without a puzzle embedding
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
            @Nullable Path puzzleIdentifiers,
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

    /** Told how many were solved before, then after each batch. */
    @FunctionalInterface
    public interface Progress {
        void solved(int examples, int of);
    }

    /**
     * @param before examples that were solved already when this run began
     * @param steps improvement steps of the batch that took the most
     * @param millis wall time of this run's inference alone
     * @param notes to read before the answers are believed, see {@link CheckpointManifest}
     */
    public record Summary(int examples, int before, int steps, long millis, List<String> notes) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> SETTINGS = new TypeReference<>() {};

    /** Between two records: what a power cut or a kill costs at most, beside the batch that runs. */
    private static final long RECORD_NANOS = 1_000_000_000L;

    private final Request request;
    private final Progress progress;
    private final Disk disk = new Disk();

    private LocalSolve(Request request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * @throws BadCheckpoint when the checkpoint or its configuration is at fault
     * @throws InputProblem when an array is, or the folder holds the answers of another run, or another process writes into it
     */
    public static Summary run(Request request, Progress progress) throws IOException {
        return new LocalSolve(request, progress).run();
    }

    private Summary run() throws IOException {
        Examples.requireFile(request.checkpoint(), "Name the checkpoint with --checkpoint.");
        Files.createDirectories(request.out());
        try (var mine = OutputFolder.take(request.out())) {
            // Beside the answers, not in the system's temporary folder: a published checkpoint has gigabytes.
            Path weights = mine.work().resolve("weights.safetensors");
            CheckpointManifest manifest = inspect(weights);
            try (Network network = Networks.open(manifest, weights, request.dtype(), null)) {
                return solve(network, manifest);
            }
        }
    }

    private CheckpointManifest inspect(Path weights) throws IOException {
        Path config = request.config() != null ? request.config() : beside(request.checkpoint());
        var configuration =
                new Configuration(config, config == null ? null : config.toString(), request.preset(), request.given());
        String name = String.valueOf(request.checkpoint().getFileName());
        return CheckpointInspection.convert(request.checkpoint(), name, configuration, weights);
    }

    private static @Nullable Path beside(Path checkpoint) {
        Path config = checkpoint.resolveSibling("all_config.yaml");
        return Files.isRegularFile(config) ? config : null;
    }

    private Summary solve(Network network, CheckpointManifest manifest) throws IOException {
        HyperParameters hyper = network.hyperParameters();
        Examples examples = Examples.open(request.inputs(), request.puzzleIdentifiers(), hyper);
        requireReachable(hyper.haltMaxSteps());
        SolveRecord record = begun(identity(network, manifest), examples.count());
        int before = record.done();
        progress.solved(before, examples.count());
        if (before == examples.count() && ResultArrays.isWhole(request.out(), request.saveLogits())) {
            return new Summary(before, before, record.steps(), 0, manifest.notes());
        }
        var shape = new ResultArrays.Shape(examples.count(), examples.length(), hyper.vocabSize());
        try (var recording = new ResultArrays(request.out(), shape, request.saveLogits(), record.steps())) {
            long nanos = solve(network, examples, recording, record);
            recording.finish();
            return new Summary(examples.count(), before, recording.steps(), nanos / 1_000_000, manifest.notes());
        }
    }

    /** Nanoseconds of inference. */
    private long solve(Network network, Examples examples, ResultArrays recording, SolveRecord record)
            throws IOException {
        int count = examples.count();
        long nanos = 0;
        // The first batch is recorded at once: a disk that takes nothing is noticed while little is lost.
        long recorded = System.nanoTime() - RECORD_NANOS;
        for (int from = record.done(); from < count; from += request.batchSize()) {
            int end = Math.min(count, from + request.batchSize());
            recording.begin(from, end - from);
            long begun = System.nanoTime();
            network.run(
                    examples.inputs(from, end),
                    examples.identifiers(from, end),
                    network.hyperParameters().haltMaxSteps(),
                    recording.outputs(),
                    recording::keep);
            nanos += System.nanoTime() - begun;
            recording.end();
            if (end == count || System.nanoTime() - recorded >= RECORD_NANOS) {
                recording.sync();
                new SolveRecord(record.of(), end, recording.steps()).write(request.out(), disk);
                recorded = System.nanoTime();
            }
            progress.solved(end, count);
        }
        return nanos;
    }

    /** What is there of this very run; nothing at all when it has to begin. */
    private SolveRecord begun(Map<String, String> identity, int count) throws IOException {
        SolveRecord there = SolveRecord.read(request.out());
        if (there != null) {
            there.requireSame(identity, request.out());
            boolean whole = there.done() == count && ResultArrays.isWhole(request.out(), request.saveLogits());
            if (whole || there.done() > 0 && ResultArrays.hasParts(request.out(), request.saveLogits())) {
                return there;
            }
        }
        ResultArrays.clear(request.out(), request.saveLogits());
        var begun = new SolveRecord(identity, 0, 0);
        begun.write(request.out(), disk);
        return begun;
    }

    /** All that the answers depend on, by the names that the command line gives it. */
    private Map<String, String> identity(Network network, CheckpointManifest manifest) throws IOException {
        Map<String, String> identity = new TreeMap<>();
        identity.put("--checkpoint", manifest.architecture().key() + " " + manifest.tensorDigest());
        JSON.convertValue(network.hyperParameters(), SETTINGS)
                .forEach((name, value) -> identity.put("setting " + name, String.valueOf(value)));
        identity.put("--inputs", sha256(request.inputs()));
        identity.put("--puzzle-identifiers", identifiers(request.puzzleIdentifiers()));
        identity.put("--dtype", network.dtype().toString());
        identity.put("the kernels", network.kernels().toString());
        identity.put("--batch", String.valueOf(request.batchSize()));
        identity.put("--save-logits", String.join(",", new TreeSet<>(request.saveLogits())));
        return identity;
    }

    private static String identifiers(@Nullable Path file) throws IOException {
        if (file == null) {
            return "none";
        }
        Path begins = Examples.beginsBeside(file);
        return sha256(file) + (Files.isRegularFile(begins) ? " " + sha256(begins) : "");
    }

    private static String sha256(Path file) throws IOException {
        return new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file);
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
