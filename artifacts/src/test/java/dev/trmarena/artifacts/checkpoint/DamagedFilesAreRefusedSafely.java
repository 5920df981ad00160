package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.safetensors.TensorType;
import dev.trmarena.golden.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of damaged checkpoints: each is refused, or read, within bounds; {@code -Darena.fuzz.seed} repeats a run. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DamagedFilesAreRefusedSafely {
    private static final long SEED = Long.getLong("arena.fuzz.seed", 20250807);
    private static final int RUNS = Integer.getInteger("arena.fuzz.runs", 180);
    /** Of each of the ten kinds of what trainers wrap around the weights: ten thousand together. */
    private static final int WRAPPED_RUNS = Integer.getInteger("arena.fuzz.wrapped.runs", 1_000);

    /** With all that a configuration may have. */
    private static final String OF_A_FORK = SmallTrm.yaml()
                    .replace("arch:", "arch: !!python/object:pretrain.ArchConfig")
                    .replace("puzzle_emb_ndim: 8", "puzzle_emb_ndim: ${.hidden_size}")
                    .replace("L_layers: 1", "L_layers: ${arch.mixing.layers}\n  mixing: {layers: \"${...one}\"}")
            + "one: 1\nhalt_max_steps_eval: 8\nshape: !!python/tuple [1, 2]\n";

    @TempDir
    Path home;

    @Test
    void torch_files() throws IOException {
        var tensors = SmallTrm.tensors(SEED);
        fuzz("torch", new TorchFile().of(tensors), 2 * RUNS);
        fuzz("torch, new layout", new TorchFile().newLayout().plainDict().of(tensors), RUNS);
        fuzz("wrapped", new TorchFile().wrapped("state_dict", tensors, Map.of("epoch", 3)), WRAPPED_RUNS);
    }

    /** What trainers save beside the weights. */
    @Test
    void containers() throws IOException {
        var file = new TreeMap<String, Object>(TheWeightsAreFoundAmongAllElse.BESIDE);
        file.put("model", SmallTrm.tensors(SEED));
        fuzz("objects beside", new TorchFile().dict(file), WRAPPED_RUNS);
        file.put("ema", Map.of("mu", 0.999, "shadow", SmallTrm.tensors(SEED + 1)));
        fuzz("an average beside", new TorchFile().dict(file), WRAPPED_RUNS, Map.of("weights", "ema"));
        var deep = new TreeMap<String, Object>(TheWeightsAreFoundAmongAllElse.BESIDE);
        deep.put(
                "callbacks",
                Map.of(
                        "EMA",
                        new TheWeightsAreFoundAmongAllElse.Held(
                                "clightning\nEMA\n)\u0081", SmallTrm.tensors(SEED + 1))));
        deep.put("trainer", Map.of("states", Map.of("raw_model_state_dict", SmallTrm.tensors(SEED))));
        fuzz("objects that hold weights", new TorchFile().dict(deep), WRAPPED_RUNS, Map.of("weights", "raw"));
    }

    /** Without heads; with wrappers in the middle of names. */
    @Test
    void state_dicts_that_lack_something() throws IOException {
        var tensors = SmallTrm.tensors(SEED).stream()
                .filter(tensor ->
                        !tensor.name().startsWith("q_head") && !tensor.name().equals("lm_head.weight"))
                .toList();
        fuzz(
                "no heads",
                new TorchFile().prefix("_orig_mod.model._forward_module.inner.").of(tensors),
                WRAPPED_RUNS,
                Map.of("tied_head", "true"));
        fuzz("a tied head", TorchFile.safetensors(tensors), WRAPPED_RUNS);
        var adapted = new ArrayList<>(SmallTrm.tensors(SEED));
        String weight = "L_level.layers.0.mlp.down_proj";
        adapted.add(TestTensor.whole(weight + "._lora_A", TensorType.F32, new byte[4 * 2 * 256], 2, 256));
        adapted.add(TestTensor.whole(weight + "._lora_B", TensorType.F32, new byte[4 * 2 * SmallTrm.D], SmallTrm.D, 2));
        fuzz("an adapter", new TorchFile().of(adapted), WRAPPED_RUNS, Map.of("lora_alpha", "16"));
    }

    @Test
    void safetensors_files() throws IOException {
        fuzz("safetensors", TorchFile.safetensors(SmallTrm.tensors(SEED)), 2 * RUNS);
    }

    @Test
    void archives() throws IOException {
        byte[] checkpoint = new TorchFile().of(SmallTrm.tensors(SEED));
        var files = new TreeMap<>(Map.of("run/step_1", checkpoint, "run/all_config.yaml", bytes(SmallTrm.yaml())));
        byte[] tar = tar(files);
        fuzz("zip", zip(files), RUNS);
        fuzz("tar", tar, RUNS);
        var gzip = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(gzip)) {
            out.write(tar);
        }
        fuzz("tar.gz", gzip.toByteArray(), RUNS);
        fuzz("folders", zip(folders(checkpoint)), WRAPPED_RUNS, Map.of("file", "32550"));
        fuzz("folders, tar", tar(folders(checkpoint)), WRAPPED_RUNS, Map.of("file", "run/maze_hard_step_32550.last"));
    }

    private static Map<String, byte[]> folders(byte[] checkpoint) throws IOException {
        var files = new TreeMap<String, byte[]>();
        files.put("run/32550", checkpoint);
        files.put("run/maze_hard_step_32550.last", TorchFile.safetensors(SmallTrm.tensors(SEED)));
        files.put("run/.hydra/config.yaml", bytes(OF_A_FORK));
        files.put("run/.hydra/overrides.yaml", bytes("- arch=trm\n"));
        files.put("code/config/arch/trm.yaml", bytes("hidden_size: 8\nL_cycles: 2\n"));
        return files;
    }

    @Test
    void configurations() throws IOException {
        configurations("configurations", bytes(SmallTrm.yaml()), 2 * RUNS);
        configurations("configurations of forks", bytes(OF_A_FORK), WRAPPED_RUNS);
    }

    private void configurations(String what, byte[] yaml, int runs) throws IOException {
        var watched = new Watched(Files.createDirectory(home.resolve(what.replace(' ', '-'))));
        byte[] checkpoint = new TorchFile().of(SmallTrm.tensors(SEED));
        for (int run = 0; run < runs; run++) {
            var random = new Random(SEED + run);
            Mutation mutation = Mutation.values()[run % Mutation.values().length];
            Path file = Files.write(home.resolve("all_config.yaml"), mutation.apply(yaml, random));
            watched.inspect(
                    checkpoint,
                    Configuration.of(file, "all_config.yaml"),
                    what + ", run " + run + " of seed " + SEED + ", " + mutation);
        }
        tell(what, watched);
    }

    /** The authors' files have what no file of our own thinks of. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "trm_att_full_seq/step_0",
                "trm_mlp_t/step_0",
                "trm_att_rope/step_0",
                "hrm_mlp_t/step_0",
                "trm_orig_mod/step_0",
                "trm_bf16/step_0.safetensors"
            })
    void files_of_the_authors(String name) throws IOException {
        fuzz(name.replace('/', ' '), Golden.read("models/" + name), RUNS / 4);
    }

    private void fuzz(String what, byte[] original, int runs) throws IOException {
        fuzz(what, original, runs, Map.of());
    }

    private void fuzz(String what, byte[] original, int runs, Map<String, String> chosen) throws IOException {
        var watched = new Watched(Files.createDirectory(home.resolve(what.replace(' ', '-'))));
        var given = new TreeMap<>(SmallTrm.SETTINGS);
        given.putAll(chosen);
        var configuration = new Configuration(null, null, null, given);
        watched.inspect(original, configuration, what + " as it was");
        for (int run = 0; run < runs; run++) {
            var random = new Random(SEED + run);
            Mutation mutation = Mutation.values()[run % Mutation.values().length];
            byte[] mutated = mutation.apply(original, random);
            if (mutated.length > 0 && random.nextInt(4) == 0) {
                mutated = Mutation.values()[random.nextInt(Mutation.values().length)].apply(mutated, random);
            }
            watched.inspect(mutated, configuration, what + ", run " + run + " of seed " + SEED + ", " + mutation);
        }
        tell(what, watched);
    }

    private static void tell(String what, Watched watched) {
        System.out.println(what + ": " + watched);
        assertThat(watched.refused()).as("damage to %s was noticed", what).isPositive();
        assertThat(watched.accepted()).as("the harmless of %s", what).isPositive();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] zip(Map<String, byte[]> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return out.toByteArray();
    }

    static byte[] tar(Map<String, byte[]> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(out)) {
            for (var item : files.entrySet()) {
                var entry = new TarArchiveEntry(item.getKey());
                entry.setSize(item.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(item.getValue());
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }
}
