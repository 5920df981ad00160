package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trmarena.golden.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a trainer wraps around them: what lies beside is data, and which of two networks is meant somebody says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheWeightsAreFoundAmongAllElse {
    private static final List<TestTensor> RAW = SmallTrm.tensors(7);
    private static final List<TestTensor> AVERAGE = SmallTrm.tensors(8);

    /** {@code argparse.Namespace()} with an attribute, as pickle writes objects. */
    private static final byte[] NAMESPACE = opcodes("cargparse\nNamespace\n)\u0081}X\1\0\0\0aK\1sb");

    /** {@code numpy.core.multiarray.scalar(numpy.dtype('f8'), bytes)}, and a state of numpy's generator with 128 bits. */
    private static final byte[] NUMPY =
            opcodes("cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\nX\2\0\0\0f8\u0085R" + "C\10\0\0\0\0\0\0\0\0tR");

    private static final byte[] RANDOM =
            opcodes("}(X\5\0\0\0state\u008a\21" + "\7".repeat(16) + "\1" + "K\1K\2\u0086K\3u");

    private static final byte[] DTYPE = opcodes("ctorch\nfloat32\n");

    /** None of it is built. */
    static final Map<String, Object> BESIDE = Map.of(
            "args", NAMESPACE,
            "best", NUMPY,
            "rng", RANDOM,
            "precision", DTYPE,
            "system", opcodes("cos\nsystem\nX\4\0\0\0true\u0085R"));

    @TempDir
    Path folder;

    private String raw;
    private String average;

    @BeforeEach
    void references() throws IOException {
        raw = inspect(new TorchFile().of(RAW), null).tensorDigest();
        average = inspect(new TorchFile().of(AVERAGE), null).tensorDigest();
        assertThat(raw).isNotEqualTo(average);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model_state_dict",
                "model_state",
                "raw_model_state_dict",
                "network",
                "net",
                "params",
                "state_dict",
                "model",
                "whatever"
            })
    void under_any_key(String key) throws IOException {
        var file = new LinkedHashMap<String, Object>();
        file.put("step", 3);
        file.put(key, RAW);
        file.put("optimizer_states", Map.of("state", Map.of("exp_avg", RAW.subList(0, 0))));
        assertThat(inspect(new TorchFile().dict(file), null).tensorDigest()).isEqualTo(raw);
        assertThat(inspect(new TorchFile().dict(Map.of("a", Map.of("b", file))), null)
                        .tensorDigest())
                .isEqualTo(raw);
    }

    /** Nothing is built of it. */
    @Test
    void beside_objects_of_any_class() throws IOException {
        var file = new LinkedHashMap<>(BESIDE);
        file.put("model", RAW);
        CheckpointManifest manifest = inspect(new TorchFile().dict(file), null);
        assertThat(manifest.tensorDigest()).isEqualTo(raw);
        assertThat(manifest.sources()).as("there was nothing to choose").doesNotContainKey("weights");
    }

    @Test
    void but_an_object_among_them_is_refused_by_name_and_place() throws IOException {
        byte[] checkpoint = new TorchFile().dict(Map.of("state_dict", withObject("cargparse\nNamespace\n)R")));
        assertThat(refused(checkpoint, null))
                .hasMessageContainingAll("argparse.Namespace", "byte ", "nothing was executed");
        byte[] sharded =
                new TorchFile().dict(Map.of("state_dict", withObject("ctorch.distributed.tensor\nDTensor\n)\u0081")));
        assertThat(refused(sharded, null).remedy()).contains("full_state_dict=True");
    }

    private static byte[] withObject(String object) {
        return opcodes("}(X\6\0\0\0H_init" + object + "u");
    }

    /** Each would be compared with each, and named in the answer. */
    @Test
    void more_networks_than_anybody_chooses_among_are_refused() throws IOException {
        var file = new LinkedHashMap<String, Object>();
        for (int network = 0; network < 65; network++) {
            file.put("model" + network, RAW);
        }
        assertThat(refused(new TorchFile().dict(file), null)).hasMessageContaining("more than 64 networks");
    }

    /** A key as long as the file, at every list of it. */
    @Test
    void a_long_key_is_not_written_out_for_all_that_it_leads_to() throws IOException {
        String key = "k".repeat(1 << 20);
        var opcodes = new StringBuilder("](}X\0\0\20\0" + key + "q\0]s");
        for (int dict = 0; dict < 20_000; dict++) {
            opcodes.append("}h\0]s");
        }
        var file = new LinkedHashMap<String, Object>();
        file.put("beside", opcodes(opcodes.append("e").toString()));
        file.put("model", RAW);
        assertThat(inspect(new TorchFile().dict(file), null).tensorDigest()).isEqualTo(raw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ema_state_dict", "ema", "averaged_model", "swa"})
    void of_two_networks_one_is_chosen_and_never_in_silence(String key) throws IOException {
        byte[] file = new TorchFile().dict(Map.of("state_dict", RAW, key, AVERAGE));
        BadCheckpoint undecided = refused(file, null);
        assertThat(undecided).hasMessageContainingAll("2 networks", "state_dict (raw, ", key + " (EMA, ");
        assertThat(undecided.remedy()).contains("--weights ema", "--weights raw");
        assertThat(undecided.missing()).containsExactly("weights");
        assertThat(undecided.networks())
                .containsExactlyInAnyOrder(
                        new Network("state_dict", false, RAW.size()), new Network(key, true, AVERAGE.size()));
        CheckpointManifest ema = inspect(file, "ema");
        assertThat(ema.tensorDigest()).isEqualTo(average);
        assertThat(ema.sources())
                .hasEntrySatisfying("weights", from -> assertThat(from).contains(key, "EMA"));
        assertThat(inspect(file, "raw").tensorDigest()).isEqualTo(raw);
        assertThat(inspect(file, key).tensorDigest()).isEqualTo(average);
        assertThat(refused(file, "best")).hasMessageContainingAll("'best' is none of its networks", key);
    }

    @Test
    void what_an_average_lacks_lies_beside_the_raw_weights() throws IOException {
        var shadow = new ArrayList<>(AVERAGE);
        shadow.set(0, RAW.get(0));
        String laidOver = inspect(new TorchFile().of(shadow), null).tensorDigest();
        byte[] file = new TorchFile()
                .dict(Map.of("model", RAW, "ema", Map.of("mu", 0.999, "shadow", shadow.subList(1, shadow.size()))));
        CheckpointManifest manifest = inspect(file, "ema");
        assertThat(manifest.tensorDigest()).isEqualTo(laidOver);
        assertThat(manifest.sources().get("weights")).contains("ema.shadow", "over the rest of model");
    }

    /** An object that holds the average is looked into, or the raw weights would be taken for the only ones. */
    @Test
    void an_average_within_an_object_is_seen() throws IOException {
        byte[] file = new TorchFile()
                .dict(Map.of("model", RAW, "ema_callback", new Held("clightning\nEMA\n)\u0081", AVERAGE)));
        assertThat(refused(file, null)).hasMessageContainingAll("2 networks", "ema_callback");
        assertThat(inspect(file, "ema").tensorDigest()).isEqualTo(average);
    }

    /** An object, as opcodes, and the tensors in its state. */
    record Held(String object, List<TestTensor> tensors) {}

    @Test
    void an_average_beside_them_in_one_dict() throws IOException {
        var both = new ArrayList<TestTensor>();
        for (TestTensor tensor : RAW) {
            both.add(named("online_model." + tensor.name(), tensor));
        }
        for (TestTensor tensor : AVERAGE) {
            both.add(named("ema_model." + tensor.name(), tensor));
        }
        byte[] file = new TorchFile().prefix("").of(both);
        assertThat(refused(file, null)).hasMessageContainingAll("2 networks", "ema_model");
        assertThat(inspect(file, "ema").tensorDigest()).isEqualTo(average);
        assertThat(inspect(file, "raw").tensorDigest()).isEqualTo(raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_forward_module.model.inner.",
                ".model.inner.",
                "model._orig_mod.inner.",
                "_fsdp_wrapped_module.model."
            })
    void under_names_that_wrappers_made(String prefix) throws IOException {
        assertThat(inspect(new TorchFile().prefix(prefix).of(RAW), null).tensorDigest())
                .isEqualTo(raw);
        var inside = RAW.stream()
                .map(tensor -> named(tensor.name().replace("layers.0.", "layers.0._orig_mod."), tensor))
                .toList();
        assertThat(inspect(new TorchFile().prefix(prefix).of(inside), null).tensorDigest())
                .isEqualTo(raw);
    }

    @Test
    void two_names_that_become_one_are_refused() throws IOException {
        var twice = new ArrayList<>(RAW);
        twice.add(named("_orig_mod." + RAW.get(0).name(), AVERAGE.get(0)));
        assertThat(refused(new TorchFile().prefix("").of(twice), null)).hasMessageContaining("two tensors are called");
    }

    /** Written by torch itself, from one checkpoint. */
    @Test
    void in_the_files_that_trainers_wrote() throws IOException {
        Path formats = Golden.folder("formats");
        String plain = golden(formats, "model_state_dict.pt", null);
        for (String same : List.of(
                "numpy_rng_beside.pt",
                "namespace_beside.pt",
                "lightning_dtype.ckpt",
                "inner_orig_mod",
                "forward_module")) {
            assertThat(golden(formats, same, null)).as(same).isEqualTo(plain);
        }
        // Its writer merged the two before torch saw them: what is left is an H_init that fits nothing.
        assertThat(catchThrowableOfType(BadCheckpoint.class, () -> golden(formats, "two_become_one", null)))
                .hasMessageContaining("tensor H_init: its shape is [3]");
        for (String two : List.of("raw_and_ema_shadow.pt", "raw_and_ema_state_dict.pt")) {
            BadCheckpoint undecided = catchThrowableOfType(BadCheckpoint.class, () -> golden(formats, two, null));
            assertThat(undecided).as(two).hasMessageContainingAll("2 networks", "EMA", "raw");
            assertThat(golden(formats, two, "ema")).as(two).isEqualTo(plain);
            assertThat(golden(formats, two, "raw")).as(two).isNotEqualTo(plain);
        }
    }

    private String golden(Path formats, String name, @Nullable String weights) throws IOException {
        var given = new HashMap<>(Map.of(
                "H_cycles", "1", "L_cycles", "2", "halt_max_steps", "4", "puzzle_emb_len", "1", "num_heads", "2"));
        given.put("forward_dtype", "float32");
        if (weights != null) {
            given.put("weights", weights);
        }
        return CheckpointInspection.convert(
                        formats.resolve(name),
                        name,
                        new Configuration(null, null, null, given),
                        folder.resolve("weights.safetensors"))
                .tensorDigest();
    }

    private static TestTensor named(String name, TestTensor tensor) {
        return new TestTensor(name, tensor.type(), tensor.storage(), tensor.offset(), tensor.shape(), tensor.strides());
    }

    private BadCheckpoint refused(byte[] file, @Nullable String weights) {
        BadCheckpoint bad = catchThrowableOfType(BadCheckpoint.class, () -> inspect(file, weights));
        assertThat(bad).as("it was accepted").isNotNull();
        return bad;
    }

    private CheckpointManifest inspect(byte[] bytes, @Nullable String weights) throws IOException {
        Path file = Files.write(folder.resolve("last.ckpt"), bytes);
        var given = new HashMap<>(SmallTrm.SETTINGS);
        if (weights != null) {
            given.put("weights", weights);
        }
        return CheckpointInspection.convert(
                file, "last.ckpt", new Configuration(null, null, null, given), folder.resolve("weights.safetensors"));
    }

    /** @param text each character is a byte */
    private static byte[] opcodes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
