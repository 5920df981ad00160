package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.artifacts.safetensors.TensorType;
import dev.trmarena.golden.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heads that a file has not, and weights in pieces: what stands for them is said, or what would make them whole. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatAFileLacksIsSaid {
    private static final List<TestTensor> TENSORS = SmallTrm.tensors(7);

    @TempDir
    Path folder;

    /** Of tensors that are one, safetensors keeps one. */
    @Test
    void a_tied_head_in_safetensors_is_the_embedding() throws IOException {
        CheckpointManifest tied = convert(TorchFile.safetensors(without("lm_head.weight")), Map.of());
        assertThat(tied.notes())
                .containsExactly(
                        "lm_head.weight: not in the file; the head is tied, and is embed_tokens.embedding_weight");
        assertThat(tied.tensorDigest())
                .isEqualTo(convert(new TorchFile().of(withTiedHead()), Map.of()).tensorDigest());
        try (var weights = SafetensorsFile.open(folder.resolve("weights.safetensors"))) {
            assertThat(weights.floats("lm_head.weight")).isEqualTo(weights.floats("embed_tokens.embedding_weight"));
        }
    }

    /** torch.save keeps both names: a file with one may lack what nothing else is. */
    @Test
    void of_torch_it_is_asked_about() throws IOException {
        byte[] file = new TorchFile().of(without("lm_head.weight"));
        BadCheckpoint asked = refused(file, Map.of());
        assertThat(asked).hasMessageContaining("tensor lm_head.weight: it is missing: a tied head?");
        assertThat(asked.remedy()).contains("--set tied_head=true");
        assertThat(asked.missing()).containsExactly("tied_head");
        CheckpointManifest tied = convert(file, Map.of("tied_head", "true"));
        assertThat(tied.notes()).singleElement().asString().contains("the head is tied");
        assertThat(tied.sources()).containsEntry("tiedHead", "given");
        for (byte[] either : List.of(file, TorchFile.safetensors(without("lm_head.weight")))) {
            assertThat(refused(either, Map.of("tied_head", "false"))).hasMessageContaining("said not to be tied");
        }
    }

    @Test
    void without_a_halting_head_its_logits_are_zero() throws IOException {
        CheckpointManifest manifest = convert(new TorchFile().of(without("q_head.weight", "q_head.bias")), Map.of());
        assertThat(manifest.notes()).singleElement().asString().contains("q_head", "votes rank by their number alone");
        try (var weights = SafetensorsFile.open(folder.resolve("weights.safetensors"))) {
            assertThat(weights.floats("q_head.weight")).hasSize(2 * SmallTrm.D).containsOnly(0);
            assertThat(weights.floats("q_head.bias")).containsExactly(0, 0);
        }
        assertThat(refused(new TorchFile().of(without("q_head.bias")), Map.of()))
                .as("one of the two is no head")
                .hasMessageContaining("tensor q_head.bias: it is missing");
    }

    /** Of rows that halt by it nothing else can be said: at logits of 0 none ever would. */
    @Test
    void nothing_stands_for_a_head_by_which_rows_halt() throws IOException {
        byte[] file = new TorchFile()
                .of(without("q_head.weight", "q_head.bias", "L_init").stream()
                        .map(tensor -> tensor.name().startsWith("L_level") ? ofTheOtherLevel(tensor) : tensor)
                        .toList());
        assertThat(convert(file, Map.of("act_inference", "false")).notes())
                .singleElement()
                .asString()
                .contains("q_head");
        assertThat(refused(file, Map.of("act_inference", "true")))
                .hasMessageContaining("tensor q_head.weight: it is missing");
    }

    private static TestTensor ofTheOtherLevel(TestTensor tensor) {
        return TestTensor.whole(
                tensor.name().replace("L_level", "H_level"), tensor.type(), tensor.storage(), tensor.shape());
    }

    @ParameterizedTest
    @CsvSource({
        "._lora_A, ._lora_B, .weight",
        ".lora_A.default.weight, .lora_B.default.weight, .base_layer.weight",
        ".weight_lora_A, .weight_lora_B, .weight",
    })
    void an_adapter_is_merged_when_alpha_is_known(String a, String b, String of) throws IOException {
        String layer = "L_level.layers.0.mlp.down_proj";
        int width = 256;
        var tensors = new ArrayList<>(without(layer + ".weight"));
        TestTensor weight = TENSORS.stream()
                .filter(tensor -> tensor.name().equals(layer + ".weight"))
                .findFirst()
                .orElseThrow();
        tensors.add(TestTensor.whole(layer + of, TensorType.F32, weight.storage(), weight.shape()));
        tensors.add(values(layer + a, 2, width));
        tensors.add(values(layer + b, SmallTrm.D, 2));
        byte[] file = new TorchFile().of(tensors);
        BadCheckpoint asked = refused(file, Map.of());
        assertThat(asked).hasMessageContainingAll(layer, "LoRA", "not merged");
        assertThat(asked.remedy()).contains("weight + alpha / rank * lora_B @ lora_A", "--set lora_alpha=16");
        assertThat(asked.missing()).containsExactly("lora_alpha");

        CheckpointManifest merged = convert(file, Map.of("lora_alpha", "16"));
        assertThat(merged.notes()).singleElement().asString().contains("1 adapters", "alpha 16");
        assertThat(merged.coreParameters())
                .isEqualTo(convert(new TorchFile().of(TENSORS), Map.of()).coreParameters());
        assertThat(convert(file, Map.of("lora_alpha", "8")).tensorDigest()).isNotEqualTo(merged.tensorDigest());
        convert(file, Map.of("lora_alpha", "16"));
        ByteBuffer base = ByteBuffer.wrap(weight.storage()).order(ByteOrder.LITTLE_ENDIAN);
        try (var weights = SafetensorsFile.open(folder.resolve("weights.safetensors"))) {
            float[] found = weights.floats(layer + ".weight");
            for (int row = 0; row < SmallTrm.D; row++) {
                for (int column = 0; column < width; column++) {
                    double delta = 0;
                    for (int k = 0; k < 2; k++) {
                        delta += value(row * 2 + k) * value(k * width + column);
                    }
                    int at = row * width + column;
                    assertThat(found[at]).isCloseTo((float) (base.getFloat(4 * at) + 8 * delta), within(1e-6f));
                }
            }
        }
    }

    @Test
    void an_adapter_that_fits_no_weight_is_refused() throws IOException {
        var tensors = new ArrayList<>(TENSORS);
        tensors.add(values("L_level.layers.0.mlp.down_proj._lora_A", 2, SmallTrm.D));
        assertThat(refused(new TorchFile().of(tensors), Map.of("lora_alpha", "16")))
                .hasMessageContaining("not whole");
        tensors.add(values("L_level.layers.0.mlp.down_proj._lora_B", SmallTrm.D, 2));
        assertThat(refused(new TorchFile().of(tensors), Map.of("lora_alpha", "16")))
                .hasMessageContainingAll("lora_A [2, 8]", "do not fit the weight [8, 256]");
        tensors.add(values("L_level.layers.1.mlp.down_proj._lora_B", SmallTrm.D, 2));
        tensors.add(values("L_level.layers.1.mlp.down_proj._lora_A", 2, SmallTrm.D));
        assertThat(refused(
                        new TorchFile().of(tensors.subList(TENSORS.size() + 2, tensors.size())),
                        Map.of("lora_alpha", "1")))
                .hasMessageContaining("not whole");
    }

    private static TestTensor values(String name, int rows, int columns) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows * columns; i++) {
            bytes.putFloat(value(i));
        }
        return TestTensor.whole(name, TensorType.F32, bytes.array(), rows, columns);
    }

    private static float value(int i) {
        return (i % 7 - 3) / 16f;
    }

    @Test
    void a_shard_is_refused_with_the_recipe() throws IOException {
        var flat = TestTensor.whole("_fsdp_wrapped_module._flat_param", TensorType.F32, new byte[400], 100);
        BadCheckpoint bad = refused(new TorchFile().prefix("").of(List.of(flat)), Map.of());
        assertThat(bad).hasMessageContainingAll("_flat_param", "sharded network (FSDP)");
        assertThat(bad.remedy()).contains("full_state_dict=True");
        assertThat(refused(object("ctorch.distributed._shard.sharded_tensor.api\nShardedTensor\n)\u0081"), Map.of())
                        .remedy())
                .contains("full_state_dict=True");
        assertThat(refused(
                                object(
                                        "ctorch._utils\n_rebuild_wrapper_subclass\n(ctorch.distributed.tensor\nDTensor\ntR"),
                                Map.of())
                        .remedy())
                .contains("full_state_dict=True");
    }

    @Test
    void float8_is_refused_with_the_recipe() throws IOException {
        BadCheckpoint bad = refused(
                object(
                        "ctorch._utils\n_rebuild_tensor_v3\n(ctorch.storage\nUntypedStorage\nK\0ctorch\nfloat8_e4m3fn\ntR"),
                Map.of());
        assertThat(bad.remedy()).contains("full state dict", "value.to(torch.bfloat16)");
        assertThat(refused(object("ctorchao.dtypes\nAffineQuantizedTensor\n)\u0081"), Map.of())
                        .remedy())
                .contains("dequantize()");
        String header = "{\"lm_head.weight\":{\"dtype\":\"F8_E4M3\",\"shape\":[0],\"data_offsets\":[0,0]}}  ";
        byte[] safetensors = ("\0\0\0\0\0\0\0\0" + header).getBytes(StandardCharsets.ISO_8859_1);
        safetensors[0] = (byte) header.length();
        assertThat(refused(safetensors, Map.of()).remedy()).contains("value.to(torch.bfloat16)");
    }

    /** Written by torch, of the plain checkpoint beside it without its head. */
    @Test
    void the_file_that_people_have() throws IOException {
        Path formats = Golden.folder("formats");
        var given = new HashMap<>(Map.of(
                "H_cycles", "1", "L_cycles", "2", "halt_max_steps", "4", "puzzle_emb_len", "1", "num_heads", "2"));
        given.put("forward_dtype", "float32");
        byte[] file = Files.readAllBytes(formats.resolve("no_lm_head"));
        assertThat(catchThrowableOfType(BadCheckpoint.class, () -> inspect(file, given)))
                .hasMessageContaining("a tied head?");
        given.put("tied_head", "true");
        assertThat(inspect(file, given).notes()).singleElement().asString().contains("the head is tied");
    }

    private static List<TestTensor> without(String... names) {
        return TENSORS.stream()
                .filter(tensor -> !Set.of(names).contains(tensor.name()))
                .toList();
    }

    private static List<TestTensor> withTiedHead() {
        TestTensor embedding = TENSORS.stream()
                .filter(tensor -> tensor.name().equals("embed_tokens.embedding_weight"))
                .findFirst()
                .orElseThrow();
        var tensors = new ArrayList<>(without("lm_head.weight"));
        tensors.add(TestTensor.whole("lm_head.weight", embedding.type(), embedding.storage(), embedding.shape()));
        return tensors;
    }

    /** A state dict in which an object stands for a tensor. */
    private static byte[] object(String opcodes) throws IOException {
        String dict = "}(X\6\0\0\0H_init" + opcodes + "u";
        return new TorchFile().dict(Map.of("state_dict", dict.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private BadCheckpoint refused(byte[] file, Map<String, String> more) {
        BadCheckpoint bad = catchThrowableOfType(BadCheckpoint.class, () -> convert(file, more));
        assertThat(bad).as("it was accepted").isNotNull();
        return bad;
    }

    private CheckpointManifest convert(byte[] file, Map<String, String> more) throws IOException {
        var given = new HashMap<>(SmallTrm.SETTINGS);
        given.putAll(more);
        return inspect(file, given);
    }

    private CheckpointManifest inspect(byte[] bytes, Map<String, String> given) throws IOException {
        Path file = Files.write(folder.resolve("step_1"), bytes);
        return CheckpointInspection.convert(
                file, "step_1", new Configuration(null, null, null, given), folder.resolve("weights.safetensors"));
    }
}
