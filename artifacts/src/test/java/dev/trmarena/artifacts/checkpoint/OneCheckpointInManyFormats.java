package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.artifacts.safetensors.TensorType;
import dev.trmarena.golden.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same weights have the same digest, whatever file they come in. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OneCheckpointInManyFormats {
    private static final List<TestTensor> TENSORS = SmallTrm.tensors(7);

    @TempDir
    Path folder;

    private CheckpointManifest expected;

    @BeforeEach
    void a_reference() throws IOException {
        expected = inspect("step_1", new TorchFile().of(TENSORS));
        assertThat(expected.coreParameters()).isEqualTo(8 + 8 + 40 + 40 + 16 + 2 + 192 + 64 + 4096 + 2048);
        assertThat(expected.embeddingParameters()).isEqualTo(24);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"_orig_mod.", "_orig_mod.model.inner.", "model.inner.", "inner.", "model.", "module.model.", ""})
    void any_prefix(String prefix) throws IOException {
        same(inspect("step_1", new TorchFile().prefix(prefix).of(TENSORS)));
    }

    @Test
    void the_new_layout_from_a_gpu_in_a_root_folder_of_any_name() throws IOException {
        same(inspect(
                "step_1",
                new TorchFile().root("my run-3").newLayout().device("cuda:0").of(TENSORS)));
    }

    @Test
    void a_plain_dict() throws IOException {
        same(inspect("step_1", new TorchFile().plainDict().of(TENSORS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state_dict", "model"})
    void wrapped_between_other_entries(String key) throws IOException {
        var others = new LinkedHashMap<String, Object>(Map.of("epoch", 3, "pytorch-lightning_version", "2.4.0"));
        others.put("hyper_parameters", "none");
        same(inspect("last.ckpt", new TorchFile().prefix("model.inner.").wrapped(key, TENSORS, others)));
    }

    @Test
    void safetensors() throws IOException {
        same(inspect("model.safetensors", TorchFile.safetensors(TENSORS)));
    }

    @Test
    void transposed_and_shared_storages() throws IOException {
        var tensors = new ArrayList<>(TENSORS);
        int embedding = indexOf(tensors, "embed_tokens.embedding_weight");
        TestTensor whole = tensors.get(embedding);
        // Stored with its dimensions swapped, behind 3 values that belong to nobody.
        ByteBuffer swapped =
                ByteBuffer.allocate(4 * (3 + SmallTrm.V * SmallTrm.D)).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer values = ByteBuffer.wrap(whole.storage()).order(ByteOrder.LITTLE_ENDIAN);
        for (int v = 0; v < SmallTrm.V; v++) {
            for (int d = 0; d < SmallTrm.D; d++) {
                swapped.putFloat(4 * (3 + d * SmallTrm.V + v), values.getFloat(4 * (v * SmallTrm.D + d)));
            }
        }
        tensors.set(
                embedding,
                new TestTensor(
                        whole.name(), whole.type(), swapped.array(), 3, whole.shape(), new long[] {1, SmallTrm.V}));
        // Both initial states as the halves of one storage.
        byte[] both = new byte[2 * 4 * SmallTrm.D];
        System.arraycopy(TENSORS.get(0).storage(), 0, both, 0, both.length / 2);
        System.arraycopy(TENSORS.get(1).storage(), 0, both, both.length / 2, both.length / 2);
        tensors.set(0, slice("H_init", both, 0));
        tensors.set(1, slice("L_init", both, SmallTrm.D));
        same(inspect("step_1", new TorchFile().of(tensors)));
    }

    @Test
    void integers_without_a_place_are_left_out_and_named() throws IOException {
        var tensors = new ArrayList<>(TENSORS);
        tensors.add(TestTensor.whole("puzzle_emb.local_ids", TensorType.I64, new byte[16], 2));
        CheckpointManifest manifest = inspect("step_1", new TorchFile().of(tensors));
        assertThat(manifest.leftOut()).containsExactly("puzzle_emb.local_ids");
        same(manifest);
    }

    @Test
    void an_unknown_weight_is_refused() {
        var tensors = new ArrayList<>(TENSORS);
        tensors.add(TestTensor.whole("adapter.weight", TensorType.F32, new byte[16], 4));
        refused("step_1", () -> new TorchFile().of(tensors), "tensor adapter.weight", "no place");
    }

    @Test
    void quantised_weights_are_refused() {
        var tensors = new ArrayList<>(TENSORS);
        tensors.set(4, TestTensor.whole("lm_head.weight", TensorType.I8, new byte[40], SmallTrm.V, SmallTrm.D));
        refused("step_1", () -> new TorchFile().of(tensors), "tensor lm_head.weight", "I8");
    }

    @Test
    void other_types_are_other_weights() throws IOException {
        var tensors = new ArrayList<>(TENSORS);
        tensors.set(0, TestTensor.whole("H_init", TensorType.F64, new byte[8 * SmallTrm.D], SmallTrm.D));
        tensors.set(1, TestTensor.whole("L_init", TensorType.F16, new byte[2 * SmallTrm.D], SmallTrm.D));
        CheckpointManifest manifest = inspect("step_1", new TorchFile().of(tensors));
        assertThat(manifest.tensorDigest()).isNotEqualTo(expected.tensorDigest());
        same(inspect("step_1", new TorchFile().of(TENSORS)));
    }

    @Test
    void another_value_is_another_checkpoint() throws IOException {
        var tensors = new ArrayList<>(TENSORS);
        TestTensor first = tensors.get(0);
        byte[] bytes = first.storage().clone();
        bytes[0] ^= 1;
        tensors.set(0, TestTensor.whole(first.name(), first.type(), bytes, first.shape()));
        assertThat(inspect("step_1", new TorchFile().of(tensors)).tensorDigest())
                .isNotEqualTo(expected.tensorDigest());
    }

    /** Zeros are the same bytes in both. */
    @Test
    void equal_bytes_of_another_type_are_another_checkpoint() throws IOException {
        var digests = new HashSet<String>();
        for (TensorType type : List.of(TensorType.F16, TensorType.BF16)) {
            var tensors = new ArrayList<>(TENSORS);
            tensors.set(0, TestTensor.whole("H_init", type, new byte[2 * SmallTrm.D], SmallTrm.D));
            digests.add(inspect("step_1", new TorchFile().of(tensors)).tensorDigest());
        }
        assertThat(digests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.zip", "run.tar", "run.tar.gz"})
    void packed_with_its_configuration(String name) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("run/README.md", "notes".getBytes(StandardCharsets.UTF_8));
        files.put("run/all_config.yaml", SmallTrm.yaml().getBytes(StandardCharsets.UTF_8));
        files.put("run/losses.py", "never run".getBytes(StandardCharsets.UTF_8));
        files.put("run/step_1", new TorchFile().of(TENSORS));
        Path file = folder.resolve(name);
        pack(file, files);
        Path weights = folder.resolve("weights.safetensors");
        CheckpointManifest manifest = CheckpointInspection.convert(file, name, Configuration.none(), weights);
        assertThat(manifest.sources()).containsEntry("lCycles", "run/all_config.yaml");
        same(manifest);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(file, weights, folder.resolve("step_1"));
        }
    }

    @Test
    void a_name_that_climbs_out_of_its_archive_is_refused() {
        refused("run.zip", () -> zip(Map.of("../step_1", new byte[10])), "../step_1", "leaves the archive");
    }

    @Test
    void an_archive_that_unpacks_to_a_thousand_times_its_size_is_refused() {
        refused("bomb.zip", () -> zip(Map.of("step_1", new byte[64 << 20])), "50 times");
    }

    @Test
    void the_format_before_torch_1_6_is_refused_with_the_remedy() {
        byte[] legacy = {(byte) 0x80, 2, (byte) 0x8a, 0x0a, 'l', (byte) 0xfc, (byte) 0x9c, 'F', (byte) 0xf9, ' ', 'j'};
        assertThatThrownBy(() -> inspect("step_1", legacy))
                .isInstanceOfSatisfying(BadCheckpoint.class, bad -> assertThat(bad.remedy())
                        .contains("_use_new_zipfile_serialization=True"));
    }

    @Test
    void weights_that_are_not_numbers_are_refused_by_name_and_count() {
        var tensors = new ArrayList<>(TENSORS);
        byte[] bytes = tensors.get(4).storage().clone();
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(8, Float.NaN)
                .putFloat(20, Float.NEGATIVE_INFINITY);
        tensors.set(4, TestTensor.whole("lm_head.weight", TensorType.F32, bytes, SmallTrm.V, SmallTrm.D));
        refused("step_1", () -> new TorchFile().of(tensors), "tensor lm_head.weight", "2 of its 40", "index 2");
        assertThat(folder.resolve("weights.safetensors")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trm_att_rope", "trm_bf16"})
    void both_files_of_the_authors_have_one_digest(String name) throws IOException {
        Path model = Golden.folder("models/" + name);
        var configuration = Configuration.of(model.resolve("all_config.yaml"), null);
        Path fromTorch = folder.resolve("torch.safetensors");
        Path fromSafetensors = folder.resolve("safetensors.safetensors");
        var torch = CheckpointInspection.convert(model.resolve("step_0"), "step_0", configuration, fromTorch);
        var other = CheckpointInspection.convert(
                model.resolve("step_0.safetensors"), "step_0.safetensors", configuration, fromSafetensors);
        assertThat(torch).isEqualTo(other);
        assertThat(fromTorch).hasSameBinaryContentAs(fromSafetensors);
    }

    private void same(CheckpointManifest manifest) {
        assertThat(manifest.tensorDigest()).isEqualTo(expected.tensorDigest());
        assertThat(manifest.hyperParameters()).isEqualTo(expected.hyperParameters());
        assertThat(manifest.coreParameters()).isEqualTo(expected.coreParameters());
        assertThat(manifest.embeddingParameters()).isEqualTo(expected.embeddingParameters());
    }

    private interface Bytes {
        byte[] get() throws IOException;
    }

    private void refused(String name, Bytes bytes, String... words) {
        assertThatThrownBy(() -> inspect(name, bytes.get()))
                .isInstanceOf(BadCheckpoint.class)
                .hasMessageContaining(name)
                .hasMessageContainingAll(words);
    }

    private CheckpointManifest inspect(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        return CheckpointInspection.convert(
                file,
                name,
                new Configuration(null, null, null, SmallTrm.SETTINGS),
                folder.resolve("weights.safetensors"));
    }

    private static TestTensor slice(String name, byte[] storage, long offset) {
        return new TestTensor(name, TensorType.F32, storage, offset, new long[] {SmallTrm.D}, new long[] {1});
    }

    private static int indexOf(List<TestTensor> tensors, String name) {
        return tensors.stream().map(TestTensor::name).toList().indexOf(name);
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return out.toByteArray();
    }

    private static void pack(Path file, Map<String, byte[]> files) throws IOException {
        if (file.toString().endsWith(".zip")) {
            Files.write(file, zip(files));
            return;
        }
        try (OutputStream out = Files.newOutputStream(file);
                var tar =
                        new TarArchiveOutputStream(file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out)) {
            for (var item : files.entrySet()) {
                var entry = new TarArchiveEntry(item.getKey());
                entry.setSize(item.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(item.getValue());
                tar.closeArchiveEntry();
            }
        }
    }
}
