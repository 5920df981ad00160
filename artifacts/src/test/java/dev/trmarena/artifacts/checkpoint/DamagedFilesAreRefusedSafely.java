package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.golden.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @TempDir
    Path home;

    @Test
    void torch_files() throws IOException {
        var tensors = SmallTrm.tensors(SEED);
        fuzz("torch", new TorchFile().of(tensors), 2 * RUNS);
        fuzz("torch, new layout", new TorchFile().newLayout().plainDict().of(tensors), RUNS);
        fuzz("wrapped", new TorchFile().wrapped("state_dict", tensors, Map.of("epoch", 3)), RUNS);
    }

    /** What trainers save beside the weights. */
    @Test
    void containers() throws IOException {
        var file = new TreeMap<String, Object>(TheWeightsAreFoundAmongAllElse.BESIDE);
        file.put("model", SmallTrm.tensors(SEED));
        fuzz("objects beside", new TorchFile().dict(file), RUNS);
        file.put("ema", Map.of("mu", 0.999, "shadow", SmallTrm.tensors(SEED + 1)));
        fuzz("an average beside", new TorchFile().dict(file), RUNS);
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
    }

    @Test
    void configurations() throws IOException {
        var watched = new Watched(Files.createDirectory(home.resolve("yaml")));
        byte[] checkpoint = new TorchFile().of(SmallTrm.tensors(SEED));
        byte[] yaml = bytes(SmallTrm.yaml());
        for (int run = 0; run < 2 * RUNS; run++) {
            var random = new Random(SEED + run);
            Mutation mutation = Mutation.values()[run % Mutation.values().length];
            Path file = Files.write(home.resolve("all_config.yaml"), mutation.apply(yaml, random));
            watched.inspect(
                    checkpoint,
                    Configuration.of(file, "all_config.yaml"),
                    "configuration, run " + run + " of seed " + SEED + ", " + mutation);
        }
        tell("configurations", watched);
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
        var watched = new Watched(Files.createDirectory(home.resolve(what.replace(' ', '-'))));
        var given = new TreeMap<>(SmallTrm.SETTINGS);
        if (what.startsWith("an average")) {
            given.put("weights", "ema");
        }
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
