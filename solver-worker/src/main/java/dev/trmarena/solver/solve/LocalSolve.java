package dev.trmarena.solver.solve;

import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.solver.model.StepResult;
import dev.trmarena.solver.model.TrmNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
     */
    public record Request(
            Path checkpoint,
            @Nullable Path config,
            Path inputs,
            Path puzzleIdentifiers,
            Path out,
            Set<String> saveLogits,
            int batchSize) {
        public Request {
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

    /** @param millis wall time of the inference alone */
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
        requireFile(request.checkpoint(), "Name the checkpoint with --checkpoint.");
        Path work = Files.createTempDirectory("arena-solve");
        try {
            Path weights = work.resolve("weights.safetensors");
            CheckpointManifest manifest = CheckpointInspection.inspect(
                    request.checkpoint(),
                    name,
                    Configuration.of(config, config == null ? null : config.toString()),
                    weights);
            try (TrmNetwork network = TrmNetwork.open(manifest, weights)) {
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

    private static void requireFile(Path file, String remedy) {
        if (!Files.isRegularFile(file)) {
            throw new InputProblem(file.toString(), null, "there is no such file", remedy);
        }
    }

    private Summary solve(TrmNetwork network) throws IOException {
        HyperParameters hyper = network.hyperParameters();
        int[][] inputs = inputs(hyper);
        int[] identifiers = identifiers(hyper, inputs.length);
        int count = inputs.length;
        int length = inputs[0].length;
        int steps = hyper.haltMaxSteps();
        Map<String, float[]> logits = wantedLogits(steps, count * length * hyper.vocabSize());
        float[] qHalt = new float[steps * count];
        float[] qContinue = new float[steps * count];
        int[] preds = new int[count * length];
        long nanos = 0;
        for (int from = 0; from < count; from += request.batchSize()) {
            int start = from;
            int end = Math.min(count, from + request.batchSize());
            long begun = System.nanoTime();
            Answers answers = SolveBatch.solve(
                    network,
                    Arrays.copyOfRange(inputs, from, end),
                    Arrays.copyOfRange(identifiers, from, end),
                    steps,
                    result -> keep(result, steps, start, count, length * hyper.vocabSize(), logits, qHalt, qContinue));
            nanos += System.nanoTime() - begun;
            for (int b = from; b < end; b++) {
                System.arraycopy(answers.tokens()[b - from], 0, preds, b * length, length);
            }
            progress.solved(end, count);
        }
        Files.createDirectories(request.out());
        Npy.writeInt32(request.out().resolve("preds.npy"), preds, count, length);
        Npy.writeFloat32(request.out().resolve("q_halt.npy"), qHalt, steps, count);
        Npy.writeFloat32(request.out().resolve("q_continue.npy"), qContinue, steps, count);
        for (var step : logits.entrySet()) {
            Path file = request.out().resolve("logits_step" + step.getKey() + ".npy");
            Npy.writeFloat32(file, step.getValue(), count, length, hyper.vocabSize());
        }
        return new Summary(count, steps, nanos / 1_000_000);
    }

    private Map<String, float[]> wantedLogits(int steps, int size) {
        var wanted = new TreeMap<String, float[]>();
        for (String step : request.saveLogits()) {
            if (!step.equals("last") && Integer.parseInt(step) > steps) {
                throw new InputProblem(
                        "--save-logits", null, "step " + step + " of " + steps, "Name steps from 1 to " + steps + ".");
            }
            wanted.put(step, new float[size]);
        }
        return wanted;
    }

    private static void keep(
            StepResult result,
            int steps,
            int start,
            int count,
            int perExample,
            Map<String, float[]> logits,
            float[] qHalt,
            float[] qContinue) {
        int row = (result.step() - 1) * count + start;
        System.arraycopy(result.qHalt(), 0, qHalt, row, result.qHalt().length);
        System.arraycopy(result.qContinue(), 0, qContinue, row, result.qContinue().length);
        logits.forEach((step, kept) -> {
            if (step.equals("last") ? result.step() == steps : Integer.parseInt(step) == result.step()) {
                System.arraycopy(result.logits(), 0, kept, start * perExample, result.logits().length);
            }
        });
    }

    private int[][] inputs(HyperParameters hyper) throws IOException {
        requireFile(request.inputs(), "Name the tokens with --inputs.");
        NpyArray array = Npy.open(request.inputs());
        String name = String.valueOf(request.inputs().getFileName());
        int[] shape = array.shape();
        if (!array.isInteger() || shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
            throw new InputProblem(
                    name,
                    null,
                    "type " + array.type() + ", shape " + Arrays.toString(shape),
                    "Give integers of B×L, B and L from 1.");
        }
        if (hyper.seqLen() != 0 && hyper.seqLen() != shape[1]) {
            throw new InputProblem(
                    name,
                    null,
                    "L is " + shape[1] + ", the checkpoint was made for " + hyper.seqLen(),
                    "Give the inputs of the puzzle set that the checkpoint was trained on.");
        }
        int[][] inputs = new int[shape[0]][shape[1]];
        for (int b = 0; b < shape[0]; b++) {
            for (int i = 0; i < shape[1]; i++) {
                long token = array.longAt(b * shape[1] + i);
                if (token < 0 || token >= hyper.vocabSize()) {
                    throw new InputProblem(
                            name,
                            "example " + b + ", cell " + i,
                            "token " + token + ", the checkpoint's vocabulary is " + hyper.vocabSize(),
                            "Give tokens from 0 to " + (hyper.vocabSize() - 1) + ".");
                }
                inputs[b][i] = (int) token;
            }
        }
        return inputs;
    }

    private int[] identifiers(HyperParameters hyper, int count) throws IOException {
        requireFile(request.puzzleIdentifiers(), "Name them with --puzzle-identifiers.");
        NpyArray array = Npy.open(request.puzzleIdentifiers());
        String name = String.valueOf(request.puzzleIdentifiers().getFileName());
        if (!array.isInteger() || array.count() != count) {
            throw new InputProblem(
                    name,
                    null,
                    array.count() + " values of type " + array.type() + ", there are " + count + " examples",
                    "Give one integer an example.");
        }
        int[] identifiers = new int[count];
        for (int b = 0; b < count; b++) {
            long identifier = array.longAt(b);
            if (identifier < 0 || hyper.identifierCount() > 0 && identifier >= hyper.identifierCount()) {
                throw new InputProblem(
                        name,
                        "example " + b,
                        "identifier " + identifier + ", the checkpoint has rows 0 to " + (hyper.identifierCount() - 1),
                        "Give the identifiers of the puzzle set that the checkpoint was trained on.");
            }
            identifiers[b] = (int) identifier;
        }
        return identifiers;
    }
}
