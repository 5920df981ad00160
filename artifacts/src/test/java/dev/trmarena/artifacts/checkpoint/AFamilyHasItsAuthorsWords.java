package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.artifacts.safetensors.TensorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URM and nano-trm: what their files tell, what is asked for, and in whose words (decision 17). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AFamilyHasItsAuthorsWords {
    private static final int D = 16;

    /** {@code pathlib.PosixPath("/", "tmp")} and {@code torch.bfloat16}, as Lightning's files have them. */
    private static final byte[] PATH = opcodes("cpathlib\nPosixPath\n(X\1\0\0\0/X\3\0\0\0tmptR");

    private static final byte[] BFLOAT16 = opcodes("ctorch\nbfloat16\n");

    @TempDir
    Path folder;

    @Test
    void of_urm_the_tensors_tell_all_but_the_schedule() throws IOException {
        BadCheckpoint bad = refused(urm(TensorType.F32), Map.of(), null);
        assertThat(bad.missing())
                .containsExactlyInAnyOrder("num_heads", "loops", "H_cycles", "L_cycles", "forward_dtype");
        CheckpointManifest manifest = inspect(urm(TensorType.BF16), Map.of(), "urm-arc");
        assertThat(manifest.architecture()).isEqualTo(Architecture.URM);
        HyperParameters hyper = manifest.hyperParameters();
        assertThat(hyper.lLayers()).isEqualTo(2);
        assertThat(hyper.puzzleEmbLen()).as("20 numbers in vectors of 16").isEqualTo(2);
        assertThat(hyper.haltMaxSteps()).isEqualTo(16);
        assertThat(hyper.hCycles() * hyper.lCycles()).isEqualTo(12);
        assertThat(hyper.posEncodings()).isEqualTo("rope");
        assertThat(hyper.convolution()).isEqualTo(Convolution.PAIR);
        assertThat(manifest.sources())
                .containsEntry("haltMaxSteps", "preset urm-arc")
                .containsEntry("lLayers", "tensors")
                .containsEntry("posEncodings", "architecture");
        assertThat(CheckpointManifest.fromJson(manifest.toJson())).isEqualTo(manifest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loops", "halt_max_steps"})
    void a_setting_goes_by_either_word(String word) throws IOException {
        CheckpointManifest manifest = inspect(urm(TensorType.BF16), Map.of(word, "6"), "urm-sudoku");
        assertThat(manifest.hyperParameters().haltMaxSteps()).isEqualTo(6);
        assertThat(manifest.sources()).containsEntry("haltMaxSteps", "given");
        assertThat(refused(urm(TensorType.BF16), Map.of(word, "0"), "urm-sudoku"))
                .hasMessageContaining("given, " + word);
    }

    @Test
    void a_word_of_another_family_is_refused() throws IOException {
        assertThat(refused(urm(TensorType.BF16), Map.of("N_supervision_val", "6"), "urm-arc"))
                .hasMessageContainingAll("N_supervision_val", "no such setting in urm");
        assertThat(refused(new TorchFile().of(SmallTrm.tensors(1)), Map.of("loops", "6"), "trm-arc"))
                .hasMessageContainingAll("loops", "no such setting in trm");
    }

    @Test
    void the_configuration_of_urm_is_read_with_what_its_model_ignores() throws IOException {
        Path yaml = Files.writeString(folder.resolve("all_config.yaml"), """
                arch:
                  name: urm.urm@URM
                  hidden_size: 16
                  num_layers: 2
                  num_heads: 2
                  expansion: 4
                  loops: 5
                  loop_deltas: [0, 8]
                  H_cycles: 1
                  L_cycles: 3
                  pos_encodings: learned
                  puzzle_emb_ndim: 20
                  ema: true
                """);
        CheckpointManifest manifest = inspect(urm(TensorType.F32), Configuration.of(yaml, "all_config.yaml"));
        assertThat(manifest.notes()).isEmpty();
        HyperParameters hyper = manifest.hyperParameters();
        assertThat(hyper.haltMaxSteps()).isEqualTo(5);
        assertThat(hyper.posEncodings()).isEqualTo("rope");
        assertThat(hyper.forwardDtype()).as("the default of its authors").isEqualTo("bfloat16");
    }

    @Test
    void a_word_of_another_family_in_a_file_is_told_of() throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("all_config.yaml"),
                SmallTrm.yaml().replace("  mlp_t: false\n", "  mlp_t: false\n  loops: 6\n"));
        CheckpointManifest manifest =
                inspect(new TorchFile().of(SmallTrm.tensors(1)), Configuration.of(yaml, "all_config.yaml"));
        assertThat(manifest.hyperParameters().haltMaxSteps()).isEqualTo(4);
        assertThat(manifest.notes()).containsExactly("loops: not known here, may change the result");
    }

    /** Lightning's file: raw weights, averages without what is not trained, arguments, some of them no plain values. */
    @Test
    void a_lightning_checkpoint_needs_no_configuration() throws IOException {
        var arguments = arguments();
        byte[] file = lightning(nano(1, null, 0), nano(2, null, 0), arguments);
        assertThat(refused(file, Map.of(), null))
                .hasMessageContainingAll("2 networks", "state_dict (raw", "callbacks.EMACallback.shadow (EMA");
        CheckpointManifest raw = inspect(file, Map.of("weights", "raw"), null);
        assertThat(raw.architecture()).isEqualTo(Architecture.NANO_TRM);
        HyperParameters hyper = raw.hyperParameters();
        assertThat(hyper.haltMaxSteps()).as("N_supervision_val").isEqualTo(7);
        assertThat(hyper.posEncodings()).as("1d").isEqualTo("rope");
        assertThat(hyper.seqLen()).isEqualTo(9);
        assertThat(hyper.forwardDtype()).as("None, and states in float32").isEqualTo("float32");
        assertThat(hyper.convolution()).isNull();
        assertThat(raw.sources()).containsEntry("haltMaxSteps", "hyper_parameters of the checkpoint");
        CheckpointManifest ema = inspect(file, Map.of("weights", "ema", "N_supervision_val", "3"), null);
        assertThat(ema.tensorDigest()).isNotEqualTo(raw.tensorDigest());
        assertThat(ema.sources().get("weights")).contains("EMACallback.shadow", "over the rest of state_dict");
        assertThat(ema.hyperParameters().haltMaxSteps()).as("given").isEqualTo(3);

        arguments.put("forward_dtype", BFLOAT16);
        assertThat(inspect(lightning(nano(1, null, 0), nano(2, null, 0), arguments), Map.of("weights", "raw"), null)
                        .hyperParameters()
                        .forwardDtype())
                .isEqualTo("bfloat16");
        arguments.put("pos_emb_type", null);
        assertThat(inspect(lightning(nano(1, null, 0), nano(2, null, 0), arguments), Map.of("weights", "raw"), null)
                        .hyperParameters()
                        .posEncodings())
                .isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"ROW, 0", "BOARD, 0", ", 0", "BOARD, 5"})
    void the_weights_of_nano_trm_alone_take_the_preset(@Nullable Convolution convolution, int identifiers)
            throws IOException {
        byte[] file = new TorchFile().prefix("").of(nano(1, convolution, identifiers));
        CheckpointManifest manifest = inspect(file, Map.of("num_heads", "2"), "nano-trm");
        HyperParameters hyper = manifest.hyperParameters();
        assertThat(hyper.convolution()).isEqualTo(convolution);
        assertThat(hyper.seqLen()).as("nobody knows").isZero();
        assertThat(hyper.puzzleEmbLen()).isEqualTo(identifiers == 0 ? 0 : 16);
        assertThat(refused(file, Map.of(), null).missing())
                .contains("N_supervision_val", "pos_emb_type", "H_cycles")
                .doesNotContain("seq_len");
    }

    /** Heads that a file has not are those of its family: one halting number here, where others have two. */
    @Test
    void what_the_weights_of_nano_trm_lack_is_said() throws IOException {
        var known = Map.of("num_heads", "2");
        Set<String> heads = Set.of("lm_head.weight", "q_head.weight", "q_head.bias");
        List<TestTensor> headless = nano(1, null, 0).stream()
                .filter(tensor -> !heads.contains(tensor.name()))
                .toList();
        CheckpointManifest manifest = inspect(TorchFile.safetensors(headless), known, "nano-trm");
        assertThat(manifest.notes())
                .anySatisfy(note -> assertThat(note).contains("the head is tied", "input_embedding.embedding_weight"))
                .anySatisfy(note -> assertThat(note).contains("votes rank by their number alone"));
        try (var weights = SafetensorsFile.open(folder.resolve("weights.safetensors"))) {
            assertThat(weights.floats("q_head.weight")).hasSize(D).containsOnly(0);
            assertThat(weights.floats("q_head.bias")).containsExactly(0);
        }
        assertThat(refused(new TorchFile().prefix("").of(headless), known, "nano-trm"))
                .hasMessageContaining("a tied head?");
    }

    @Test
    void a_board_that_is_no_square_is_refused() throws IOException {
        var arguments = arguments();
        arguments.put("seq_len", 10);
        byte[] file = lightning(nano(1, Convolution.BOARD, 0), nano(2, Convolution.BOARD, 0), arguments);
        assertThat(refused(file, Map.of("weights", "raw"), null)).hasMessageContainingAll("seq_len", "10", "square");
    }

    /** They bound work: of 12 runs of 2 blocks none is counted twice, nor is an update that URM does not have. */
    @Test
    void operations_and_memory_are_those_of_the_family() throws IOException {
        HyperParameters urm = inspect(urm(TensorType.BF16), Map.of(), "urm-arc").hyperParameters();
        double once = EstimateOperations.ofStep(urm.withCycles(1, 1), 100) - 2.0 * 100 * D * urm.vocabSize();
        assertThat(EstimateOperations.ofStep(urm, 100) - 2.0 * 100 * D * urm.vocabSize())
                .isCloseTo(12 * once, within(1.0));
        HyperParameters nano = inspect(
                        new TorchFile().prefix("").of(nano(1, Convolution.BOARD, 0)),
                        Map.of("num_heads", "2"),
                        "nano-trm")
                .hyperParameters();
        HyperParameters plain = inspect(
                        new TorchFile().prefix("").of(nano(1, null, 0)), Map.of("num_heads", "2"), "nano-trm")
                .hyperParameters();
        assertThat(EstimateOperations.ofStep(nano, 81)).isGreaterThan(EstimateOperations.ofStep(plain, 81));
        assertThat(EstimateMemory.ofStep(nano, 81)).isGreaterThan(EstimateMemory.ofStep(plain, 81));
    }

    /** @param state what it is computed in */
    private static byte[] urm(TensorType state) throws IOException {
        var tensors = new ArrayList<TestTensor>();
        tensors.add(of("embed_tokens.embedding_weight", TensorType.F32, 5, D));
        tensors.add(of("puzzle_emb.weights", TensorType.F32, 3, 20));
        tensors.add(of("init_hidden", state, D));
        tensors.add(of("lm_head.weight", TensorType.F32, 5, D));
        tensors.add(of("q_head.weight", TensorType.F32, 2, D));
        tensors.add(of("q_head.bias", TensorType.F32, 2));
        for (int i = 0; i < 2; i++) {
            block(tensors, "layers." + i + ".");
            tensors.add(of("layers." + i + ".mlp.dwconv.weight", TensorType.BF16, 256, 1, 2));
            tensors.add(of("layers." + i + ".mlp.dwconv.bias", TensorType.BF16, 256));
        }
        return new TorchFile().prefix("_orig_mod.model.inner.").of(tensors);
    }

    private static List<TestTensor> nano(int seed, @Nullable Convolution convolution, int identifiers) {
        var tensors = new ArrayList<TestTensor>();
        tensors.add(of("input_embedding.embedding_weight", TensorType.F32, 5, D));
        if (identifiers > 0) {
            tensors.add(of("puzzle_emb.weights", TensorType.F32, identifiers, 12));
        }
        for (String state : List.of("z_H_init", "z_L_init")) {
            byte[] bytes = new byte[4 * D];
            bytes[0] = (byte) seed;
            tensors.add(TestTensor.whole(state, TensorType.F32, bytes, D));
        }
        tensors.add(of("lm_head.weight", TensorType.F32, 5, D));
        tensors.add(of("q_head.weight", TensorType.F32, 1, D));
        tensors.add(of("q_head.bias", TensorType.F32, 1));
        block(tensors, "lenet.layers.0.");
        if (convolution != null) {
            tensors.add(of("lenet.layers.0." + convolution.weight(), TensorType.F32, convolution.shape(256)));
            tensors.add(of("lenet.layers.0." + convolution.bias(), TensorType.F32, 512));
        }
        return tensors;
    }

    private static void block(List<TestTensor> tensors, String block) {
        tensors.add(of(block + "self_attn.qkv_proj.weight", TensorType.F32, 3 * D, D));
        tensors.add(of(block + "self_attn.o_proj.weight", TensorType.F32, D, D));
        tensors.add(of(block + "mlp.gate_up_proj.weight", TensorType.F32, 512, D));
        tensors.add(of(block + "mlp.down_proj.weight", TensorType.F32, D, 256));
    }

    private static Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("hidden_size", D);
        arguments.put("num_layers", 1);
        arguments.put("num_heads", 2);
        arguments.put("H_cycles", 2);
        arguments.put("L_cycles", 3);
        arguments.put("N_supervision", 16);
        arguments.put("N_supervision_val", 7);
        arguments.put("ffn_expansion", 4.0);
        arguments.put("learning_rate", 0.001);
        arguments.put("puzzle_emb_dim", 0);
        arguments.put("puzzle_emb_len", 16);
        arguments.put("rope_theta", 10000);
        arguments.put("pos_emb_type", "1d");
        arguments.put("seq_len", 9);
        arguments.put("output_dir", PATH);
        arguments.put("forward_dtype", null);
        return arguments;
    }

    private static byte[] lightning(
            List<TestTensor> raw, List<TestTensor> average, Map<String, @Nullable Object> arguments)
            throws IOException {
        var shadow =
                average.stream().filter(each -> !each.name().endsWith("_init")).toList();
        var weights = new ArrayList<>(shadow);
        weights.set(
                0, of(weights.get(0).name(), TensorType.F32, 1, weights.get(0).shape()));
        var file = new LinkedHashMap<String, Object>();
        file.put("epoch", 1);
        file.put("state_dict", raw);
        file.put("callbacks", Map.of("EMACallback", Map.of("decay", 0.999, "shadow", weights)));
        file.put("hyper_parameters", arguments);
        return new TorchFile().prefix("").dict(file);
    }

    private static TestTensor of(String name, TensorType type, long... shape) {
        return of(name, type, 0, shape);
    }

    private static TestTensor of(String name, TensorType type, int first, long[] shape) {
        int count = 1;
        for (long n : shape) {
            count *= (int) n;
        }
        byte[] bytes = new byte[count * type.bytes()];
        bytes[0] = (byte) first;
        return TestTensor.whole(name, type, bytes, shape);
    }

    private BadCheckpoint refused(byte[] file, Map<String, String> given, @Nullable String preset) {
        BadCheckpoint bad = catchThrowableOfType(BadCheckpoint.class, () -> inspect(file, given, preset));
        assertThat(bad).as("it was accepted").isNotNull();
        return bad;
    }

    private CheckpointManifest inspect(byte[] bytes, Map<String, String> given, @Nullable String preset)
            throws IOException {
        return inspect(bytes, new Configuration(null, null, preset, new HashMap<>(given)));
    }

    private CheckpointManifest inspect(byte[] bytes, Configuration configuration) throws IOException {
        Path file = Files.write(folder.resolve("last.ckpt"), bytes);
        return CheckpointInspection.convert(file, "last.ckpt", configuration, folder.resolve("weights.safetensors"));
    }

    /** @param text each character is a byte */
    private static byte[] opcodes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
