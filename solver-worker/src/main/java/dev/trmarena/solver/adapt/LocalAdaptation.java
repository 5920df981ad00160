package dev.trmarena.solver.adapt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.artifacts.checkpoint.TrainerConfiguration;
import dev.trmarena.artifacts.checkpoint.TrainerSettings;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.solve.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint is adapted on this machine, without a platform, to batches that somebody made. Writes {@code steps.json}, {@code
 * rows_step<k>.npy} (f4 N × width) and {@code weights_step<k>.safetensors} for the steps asked for, and {@code adapted.safetensors},
 * which {@code ./arena solve} takes with the same configuration.
 */
public final class LocalAdaptation {
    /**
     * @param config the trainer's {@code all_config.yaml}; null to look beside the checkpoint
     * @param preset a published recipe, of the network
     * @param given single settings of network and training by their names in the configuration; they win
     * @param batches the folder of {@link ExplicitBatches}
     * @param dataset {@code dataset.json} of the train split of the set that they are of
     * @param frozen whether rows alone are trained
     * @param steps how many
     * @param saveSteps after which rows and weights are written
     * @param newRows whether rows begin at the mean, also where the checkpoint has as many as the set
     * @param dtype what to compute in; null for the checkpoint's own {@code forward_dtype}
     * @param seed of the exploration
     */
    public record Request(
            Path checkpoint,
            @Nullable Path config,
            @Nullable String preset,
            Map<String, String> given,
            Path batches,
            Path dataset,
            boolean frozen,
            int steps,
            SortedSet<Integer> saveSteps,
            boolean newRows,
            @Nullable Dtype dtype,
            long seed,
            Path out) {
        public Request {
            given = Map.copyOf(given);
            saveSteps = new TreeSet<>(saveSteps);
            if (steps < 1) {
                throw new InputProblem("--steps", null, "it is " + steps, "Give a number from 1.");
            }
            if (!saveSteps.isEmpty() && (saveSteps.first() < 1 || saveSteps.last() > steps)) {
                throw new InputProblem(
                        "--save-steps",
                        null,
                        "there is " + (saveSteps.first() < 1 ? saveSteps.first() : saveSteps.last()) + " among them",
                        "Name steps from 1 to " + steps + ", the number of --steps.");
            }
        }
    }

    /**
     * @param notes to read before the numbers are believed
     * @param millis wall time of the steps
     * @param firstLoss a slot of the first step
     * @param lastLoss a slot of the last step
     */
    public record Summary(int steps, int slots, double firstLoss, double lastLoss, long millis, List<String> notes) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Request request;
    private final Consumer<StepReport> each;

    private LocalAdaptation(Request request, Consumer<StepReport> each) {
        this.request = request;
        this.each = each;
    }

    /**
     * @param each called after every step
     * @throws BadCheckpoint when the checkpoint or its configuration is at fault
     * @throws InputProblem when another file or a number is
     * @throws TrainingDiverged when the loss is no number any more; what was to be saved before is there
     */
    public static Summary run(Request request, Consumer<StepReport> each) throws IOException {
        return new LocalAdaptation(request, each).run();
    }

    private Summary run() throws IOException {
        requireFile(request.checkpoint(), "Name the checkpoint with --checkpoint.");
        requireFile(request.dataset(), "Name the dataset.json in the train folder of the set with --dataset.");
        Path config = request.config() != null ? request.config() : beside(request.checkpoint());
        if (config != null) {
            requireFile(config, "Name the trainer's configuration with --config.");
        }
        Files.createDirectories(request.out());
        try (var mine = OutputFolder.take(request.out())) {
            // Beside the results, not in the system's temporary folder: a published checkpoint has gigabytes.
            Path weights = mine.work().resolve("weights.safetensors");
            String name = String.valueOf(request.checkpoint().getFileName());
            var configuration = new Configuration(
                    config,
                    config == null ? null : config.toString(),
                    request.preset(),
                    TrainerConfiguration.ofNetwork(request.given()));
            CheckpointManifest manifest =
                    CheckpointInspection.convert(request.checkpoint(), name, configuration, weights);
            TrainSplit set = TrainSplit.read(request.dataset());
            set.requireFit(manifest.hyperParameters());
            var trainer = TrainerConfiguration.read(
                    config, config == null ? "the configuration" : config.toString(), request.given());
            TrainerSettings settings =
                    trainer.settings(manifest.architecture(), request.frozen(), set.groups(), set.meanPuzzleExamples());
            requireSchedule(settings);
            ExplicitBatches batches = ExplicitBatches.open(request.batches(), set, request.steps());
            var notes = new ArrayList<>(manifest.notes());
            try (SafetensorsFile tensors = SafetensorsFile.open(weights);
                    Adaptation adaptation = Adaptation.begin(
                            manifest,
                            weights,
                            rows(tensors, manifest, set, notes),
                            settings,
                            request.dtype(),
                            request.seed())) {
                return adapt(adaptation, batches, notes);
            }
        }
    }

    private static void requireFile(Path file, String remedy) {
        if (!Files.isRegularFile(file)) {
            throw new InputProblem(file.toString(), null, "there is no such file", remedy);
        }
    }

    private static @Nullable Path beside(Path checkpoint) {
        Path config = checkpoint.resolveSibling("all_config.yaml");
        return Files.isRegularFile(config) ? config : null;
    }

    private void requireSchedule(TrainerSettings settings) {
        if (settings.totalSteps() < request.steps()) {
            throw new InputProblem(
                    "--steps",
                    null,
                    "it is " + request.steps() + ", the schedule has " + settings.totalSteps()
                            + " (epochs times the examples of the set by global_batch_size), after which nothing changes",
                    "Give fewer steps, or more epochs with --set epochs=….");
        }
    }

    private Rows rows(SafetensorsFile tensors, CheckpointManifest manifest, TrainSplit set, List<String> notes)
            throws IOException {
        int there = manifest.hyperParameters().identifierCount();
        if (there == 0) {
            return Rows.all(set.identifiers(), new float[0]);
        }
        if (there != set.identifiers() || request.newRows()) {
            return Rows.all(set.identifiers(), Rows.mean(tensors));
        }
        notes.add("the checkpoint has " + there
                + " rows, as many as the set, so they are kept and go on; of another set than"
                + " the one that it was trained on they should begin anew: --new-rows");
        return Rows.kept(tensors);
    }

    private Summary adapt(Adaptation adaptation, ExplicitBatches batches, List<String> notes) throws IOException {
        ArrayNode steps = JSON.createArrayNode();
        long nanos = 0;
        double first = 0;
        double last = 0;
        try {
            for (int step = 1; step <= request.steps(); step++) {
                Batch batch = batches.batch(step);
                long begun = System.nanoTime();
                StepReport report = adaptation.step(batch);
                nanos += System.nanoTime() - begun;
                steps.add(json(report));
                last = report.loss() / batches.slots();
                first = step == 1 ? last : first;
                if (request.saveSteps().contains(step)) {
                    WriteAdapted.rows(adaptation.rows(), out("rows_step" + step + ".npy"));
                    WriteAdapted.weights(adaptation, out("weights_step" + step + ".safetensors"));
                }
                each.accept(report);
            }
        } finally {
            // Of a training that diverged, too: it shows how.
            Files.write(out("steps.json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(steps));
        }
        WriteAdapted.checkpoint(adaptation, out("adapted.safetensors"));
        return new Summary(request.steps(), batches.slots(), first, last, nanos / 1_000_000, List.copyOf(notes));
    }

    private Path out(String name) {
        return request.out().resolve(name);
    }

    private static ObjectNode json(StepReport report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("step", report.step());
        json.put("loss", report.loss());
        json.put("lm_loss", report.lmLoss());
        json.put("q_halt_loss", report.qHaltLoss());
        json.put("q_continue_loss", report.qContinueLoss());
        ArrayNode halted = json.putArray("halted");
        for (boolean each : report.halted()) {
            halted.add(each ? 1 : 0);
        }
        ArrayNode steps = json.putArray("steps");
        for (int each : report.steps()) {
            steps.add(each);
        }
        ArrayNode identifiers = json.putArray("current_puzzle_identifiers");
        for (int each : report.identifiers()) {
            identifiers.add(each);
        }
        json.put("lr_rows", report.rowRate());
        json.put("lr_weights", report.weightRate());
        return json;
    }
}
