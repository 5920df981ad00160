package dev.trmarena.solver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.Kernels;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Golden checkpoints, opened from the file as it is, and their arrays. */
public final class Checkpoints {
    private Checkpoints() {}

    /** Of every family's golden cases. @return by kind and name, {@code families/urm_arc} */
    public static Path folder(String name) {
        String kind = Golden.names("families").contains(name) ? "families/" : "models/";
        return Golden.folder(kind + name);
    }

    public static CheckpointManifest inspect(Path golden, Path weights) throws IOException {
        return inspect(golden, weights, Map.of());
    }

    /** @param given settings that are said beside its own */
    public static CheckpointManifest inspect(Path golden, Path weights, Map<String, String> given) throws IOException {
        Path lightning = golden.resolve("last.ckpt");
        if (Files.exists(lightning)) {
            // The raw weights, which the authors' evaluators load; its settings are inside.
            var raw = new HashMap<String, String>(given);
            raw.put("weights", "raw");
            var configuration = new Configuration(null, null, null, raw);
            return CheckpointInspection.convert(lightning, "last.ckpt", configuration, weights);
        }
        return CheckpointInspection.convert(golden.resolve("step_0"), "step_0", configuration(golden, given), weights);
    }

    /** What lies beside the checkpoint: the trainer's file, or the arguments that lucidrains' constructor and predict got. */
    private static Configuration configuration(Path golden, Map<String, String> given) throws IOException {
        Path yaml = golden.resolve("all_config.yaml");
        if (Files.exists(yaml)) {
            return new Configuration(yaml, "all_config.yaml", null, given);
        }
        JsonNode info = new ObjectMapper().readTree(golden.resolve("info.json").toFile());
        var settings = new HashMap<String, String>();
        for (JsonNode said : List.of(info.path("constructor"), info.path("predict"))) {
            said.properties().stream()
                    .filter(each -> Configuration.settings().contains(each.getKey()))
                    .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
        }
        settings.putAll(given);
        return new Configuration(null, null, "lucidrains", settings);
    }

    public static Network open(Path golden, Path folder, @Nullable Dtype dtype, @Nullable Kernels kernels)
            throws IOException {
        Path weights = folder.resolve("weights.safetensors");
        return Networks.open(inspect(golden, weights), weights, dtype, kernels);
    }

    public static int[][] tokens(Path golden) throws IOException {
        NpyArray array = Npy.open(golden.resolve("inputs.npy"));
        int length = array.rowLength();
        int[][] tokens = new int[array.shape()[0]][length];
        for (int i = 0; i < array.count(); i++) {
            tokens[i / length][i % length] = (int) array.longAt(i);
        }
        return tokens;
    }

    public static int[] identifiers(Path golden) throws IOException {
        NpyArray array = Npy.open(golden.resolve("puzzle_identifiers.npy"));
        int[] identifiers = new int[(int) array.count()];
        for (int i = 0; i < identifiers.length; i++) {
            identifiers[i] = (int) array.longAt(i);
        }
        return identifiers;
    }
}
