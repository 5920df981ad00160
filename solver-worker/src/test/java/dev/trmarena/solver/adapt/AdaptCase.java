package dev.trmarena.solver.adapt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.TrainerSettings;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.solver.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.Yaml;

/** A golden case of training, as its files have it. */
record AdaptCase(Path golden, CheckpointManifest manifest, Path weights, TrainerSettings settings, int identifiers) {

    /** @param folder for the checkpoint in its canonical form */
    static AdaptCase open(String name, Path folder) throws IOException {
        Path golden = Golden.folder("adapt/" + name);
        Path weights = folder.resolve("weights.safetensors");
        CheckpointManifest manifest = Checkpoints.inspect(golden, weights);
        JsonNode dataset =
                new ObjectMapper().readTree(golden.resolve("dataset.json").toFile());
        Map<String, Object> config = new Yaml().load(Files.readString(golden.resolve("all_config.yaml")));
        var settings = new TrainerSettings(
                number(config, "lr"),
                number(config, "puzzle_emb_lr"),
                number(config, "weight_decay"),
                number(config, "puzzle_emb_weight_decay"),
                (int) number(config, "lr_warmup_steps"),
                number(config, "lr_min_ratio"),
                number(config, "beta1"),
                number(config, "beta2"),
                Boolean.TRUE.equals(config.get("ema")),
                number(config, "ema_rate"),
                Boolean.TRUE.equals(config.get("freeze_weights")),
                0,
                TrainerSettings.totalSteps(
                        number(config, "epochs"),
                        dataset.get("total_groups").asInt(),
                        dataset.get("mean_puzzle_examples").asDouble(),
                        (int) number(config, "global_batch_size")));
        return new AdaptCase(
                golden,
                manifest,
                weights,
                settings,
                dataset.get("num_puzzle_identifiers").asInt());
    }

    private static double number(Map<String, Object> config, String key) {
        return ((Number) Objects.requireNonNull(config.get(key), key)).doubleValue();
    }

    Adaptation begin() throws IOException {
        return begin(settings);
    }

    Adaptation begin(TrainerSettings settings) throws IOException {
        return Adaptation.begin(manifest, weights, meanRows(), settings, null, 0);
    }

    /** Rows that begin at the mean, as those of another set do. */
    Rows meanRows() throws IOException {
        try (SafetensorsFile tensors = SafetensorsFile.open(weights)) {
            return Rows.all(identifiers, Rows.mean(tensors));
        }
    }

    /** @param step from 1 */
    Batch batch(int step) throws IOException {
        Path batches = golden.resolve("batches");
        NpyArray inputs = Npy.open(batches.resolve("inputs.npy"));
        int slots = inputs.shape()[1];
        int length = inputs.shape()[2];
        return new Batch(
                rows(inputs, step, slots, length),
                rows(Npy.open(batches.resolve("labels.npy")), step, slots, length),
                rows(Npy.open(batches.resolve("puzzle_identifiers.npy")), step, 1, slots)[0],
                (int) Npy.open(batches.resolve("global_batch_size.npy")).longAt(step - 1));
    }

    private static int[][] rows(NpyArray array, int step, int count, int length) {
        int[][] rows = new int[count][length];
        for (int b = 0; b < count; b++) {
            for (int i = 0; i < length; i++) {
                rows[b][i] = (int) array.longAt(((long) (step - 1) * count + b) * length + i);
            }
        }
        return rows;
    }

    /** The whole table, row after row. */
    static float[] values(Rows rows) throws IOException {
        float[] values = new float[rows.count() * rows.width()];
        for (int i = 0; i < rows.count(); i++) {
            System.arraycopy(rows.row(i), 0, values, i * rows.width(), rows.width());
        }
        return values;
    }
}
