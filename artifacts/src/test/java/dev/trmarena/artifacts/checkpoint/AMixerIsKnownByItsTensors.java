package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trmarena.artifacts.safetensors.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A state dict of lucidrains' tiny-recursive-model has no configuration: its shapes tell all but how often the network runs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AMixerIsKnownByItsTensors {
    private static final Configuration PRESET = new Configuration(null, null, "lucidrains", Map.of());

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} registers, {1} blocks")
    @CsvSource({"0, 1", "0, 3", "4, 2"})
    void its_shapes_tell_its_sizes(int registers, int depth) throws IOException {
        CheckpointManifest manifest = inspect(SmallMixer.tensors(1, registers, depth), PRESET);
        HyperParameters hyper = manifest.hyperParameters();
        assertThat(manifest.architecture()).isEqualTo(Architecture.LUCIDRAINS);
        assertThat(hyper.hiddenSize()).isEqualTo(SmallMixer.D);
        assertThat(hyper.vocabSize()).isEqualTo(SmallMixer.V);
        assertThat(hyper.seqLen()).isEqualTo(SmallMixer.L);
        assertThat(hyper.puzzleEmbLen()).isEqualTo(registers);
        assertThat(hyper.lLayers()).isEqualTo(depth);
        assertThat(hyper.expansion()).isEqualTo(SmallMixer.K / (double) SmallMixer.D);
        assertThat(hyper.expansionToken()).isEqualTo(SmallMixer.C / (double) SmallMixer.D);
        assertThat(hyper.identifierCount()).isZero();
        assertThat(hyper.forwardDtype()).isEqualTo("float32");
        assertThat(manifest.embeddingParameters()).isZero();
        assertThat(manifest.sources())
                .containsEntry("hiddenSize", "tensors")
                .containsEntry("expansionToken", "tensors")
                .containsEntry("puzzleEmbLen", "tensors")
                .containsEntry("haltProbThres", "preset lucidrains");
        assertThat(CheckpointManifest.fromJson(manifest.toJson())).isEqualTo(manifest);
    }

    @Test
    void the_preset_has_the_defaults_of_its_authors() throws IOException {
        HyperParameters hyper = inspect(SmallMixer.tensors(1, 0, 1), PRESET).hyperParameters();
        assertThat(hyper.hCycles()).isEqualTo(3);
        assertThat(hyper.lCycles()).isEqualTo(6);
        assertThat(hyper.haltMaxSteps()).isEqualTo(12);
        assertThat(hyper.haltProbThres()).isEqualTo(0.5);
    }

    @Test
    void without_a_preset_what_is_missing_is_named_as_its_authors_do() {
        var bad = catchThrowableOfType(
                BadCheckpoint.class, () -> inspect(SmallMixer.tensors(1, 0, 1), Configuration.none()));
        assertThat(bad.missing())
                .containsExactlyInAnyOrder(
                        "num_refinement_blocks",
                        "num_latent_refinements",
                        "max_deep_refinement_steps",
                        "halt_prob_thres");
        assertThat(bad.presets()).contains("lucidrains");
        assertThat(bad.remedy()).contains("lucidrains");
    }

    @Test
    void a_preset_of_another_network_is_refused_by_name() throws IOException {
        var other = new Configuration(null, null, "urm-arc", Map.of());
        assertThatThrownBy(() -> inspect(SmallMixer.tensors(1, 0, 1), other))
                .isInstanceOfSatisfying(BadCheckpoint.class, bad -> assertThat(bad.remedy())
                        .isEqualTo("Of lucidrains there is lucidrains."))
                .hasMessage("preset urm-arc, architecture: it is a recipe of urm, the tensors are those of lucidrains");
    }

    /** Rows leave by it, so that nothing stands for it. */
    @Test
    void without_its_head_for_halting_it_is_refused() {
        List<TestTensor> tensors = new ArrayList<>(SmallMixer.tensors(1, 0, 1));
        tensors.removeIf(tensor -> tensor.name().equals("to_halt_pred.1.weight"));
        assertThatThrownBy(() -> inspect(tensors, PRESET))
                .hasMessageContaining("tensor to_halt_pred.1.weight: it is missing");
    }

    @Test
    void both_names_of_a_setting_are_understood() throws IOException {
        var authors = inspect(
                SmallMixer.tensors(1, 0, 1),
                new Configuration(
                        null,
                        null,
                        "lucidrains",
                        Map.of(
                                "max_deep_refinement_steps",
                                "8",
                                "num_latent_refinements",
                                "2",
                                "halt_prob_thres",
                                "0.7")));
        assertThat(authors.hyperParameters().haltMaxSteps()).isEqualTo(8);
        assertThat(authors.hyperParameters().lCycles()).isEqualTo(2);
        assertThat(authors.hyperParameters().haltProbThres()).isEqualTo(0.7);
        assertThat(authors.sources())
                .containsEntry("haltMaxSteps", "given")
                .containsEntry("hCycles", "preset lucidrains");
        var ours = inspect(
                SmallMixer.tensors(1, 0, 1),
                new Configuration(
                        null,
                        null,
                        "lucidrains",
                        Map.of("halt_max_steps", "8", "L_cycles", "2", "halt_prob_thres", "0.7")));
        assertThat(ours.hyperParameters()).isEqualTo(authors.hyperParameters());
    }

    @Test
    void safetensors_and_wrapped_names_are_the_same_checkpoint() throws IOException {
        List<TestTensor> tensors = SmallMixer.tensors(3, 0, 2);
        CheckpointManifest plain = inspect(tensors, PRESET);
        Path rewritten = Files.copy(weights(), folder.resolve("rewritten.safetensors"));
        CheckpointManifest again = CheckpointInspection.convert(rewritten, "rewritten.safetensors", PRESET, weights());
        assertThat(again.tensorDigest()).isEqualTo(plain.tensorDigest());
        Path wrapped = folder.resolve("wrapped.pt");
        Files.write(wrapped, new TorchFile().prefix("_orig_mod.model.").wrapped("state", tensors, Map.of("step", "7")));
        assertThat(CheckpointInspection.convert(wrapped, "wrapped.pt", PRESET, weights())
                        .tensorDigest())
                .isEqualTo(plain.tensorDigest());
    }

    @Test
    void a_network_of_x_transformers_is_refused_by_name() {
        var random = new Random(1);
        List<TestTensor> tensors = new ArrayList<>(SmallMixer.tensors(1, 0, 1));
        tensors.removeIf(tensor -> tensor.name().startsWith("network."));
        tensors.add(SmallTrm.floats(random, "network.layers.0.0.0.gamma", SmallMixer.D));
        tensors.add(SmallTrm.floats(random, "network.layers.0.1.to_q.weight", SmallMixer.D, SmallMixer.D));
        tensors.add(SmallTrm.floats(random, "network.final_norm.gamma", SmallMixer.D));
        for (Configuration configuration : List.of(PRESET, Configuration.none())) {
            refused(tensors, configuration, "network.layers.0.0.0.gamma", "x-transformers", "MLPMixer1D");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1.5", "-0.5", "half"})
    void a_threshold_that_is_no_probability_is_refused(String threshold) {
        refused(
                SmallMixer.tensors(1, 0, 1),
                new Configuration(null, null, "lucidrains", Map.of("halt_prob_thres", threshold)),
                "halt_prob_thres",
                threshold);
    }

    @Test
    void a_name_that_only_others_have_for_a_setting_changes_nothing_in_silence() throws IOException {
        Path trm = folder.resolve("step_1");
        Files.write(trm, new TorchFile().of(SmallTrm.tensors(1)));
        var configuration = new Configuration(null, null, "trm-arc", Map.of("num_refinement_blocks", "2"));
        assertThatThrownBy(() -> CheckpointInspection.convert(trm, "step_1", configuration, weights()))
                .isInstanceOf(BadCheckpoint.class)
                .hasMessageContainingAll("num_refinement_blocks", "there is no such setting in trm");
    }

    @Test
    void tensors_that_do_not_go_together_are_refused() {
        List<TestTensor> shorter = new ArrayList<>(SmallMixer.tensors(1, 0, 2));
        shorter.replaceAll(tensor -> tensor.name().equals("network.1.0.fn.3.bias")
                ? SmallTrm.floats(new Random(1), tensor.name(), SmallMixer.L - 1)
                : tensor);
        refused(shorter, PRESET, "network.1.0.fn.3.bias", "[8]", "[9]");
        List<TestTensor> many = new ArrayList<>(SmallMixer.tensors(1, 0, 1));
        many.replaceAll(tensor -> tensor.name().equals("register_tokens")
                ? SmallTrm.floats(new Random(1), tensor.name(), SmallMixer.L, SmallMixer.D)
                : tensor);
        refused(many, PRESET, "register_tokens", "9 positions in all");
    }

    /** By hand: 2 registers, 9 cells, D 6, K 24, C 3, V 5; two blocks, 3 · (6 + 1) calls. */
    @Test
    void work_and_memory_are_those_of_its_two_mixings() throws IOException {
        HyperParameters hyper = inspect(SmallMixer.tensors(1, 2, 2), PRESET).hyperParameters();
        double block = 2 * 2 * 6 * 11 * 24 + 2 * 2 * 11 * 6 * 3;
        assertThat(EstimateOperations.ofStep(hyper, SmallMixer.L)).isEqualTo(3 * 7 * 2 * block + 2 * 9 * 6 * 5);
        assertThat(EstimateMemory.ofStep(hyper, SmallMixer.L)).isEqualTo(4.0 * (12 * 11 * 6 + 2 * 6 * 24 + 2 * 9 * 5));
    }

    /**
     * As lucidrains' trainer saves itself: the model, and in {@code ema_model} (ema_pytorch) the same model once more, its average, and two numbers,
     * of which one is a float in some versions.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_average_within_its_trainer_is_chosen_by_name(boolean withModel) throws IOException {
        List<TestTensor> raw = SmallMixer.tensors(1, 0, 1);
        List<TestTensor> average = SmallMixer.tensors(2, 0, 1);
        String rawDigest = inspect(raw, PRESET).tensorDigest();
        String averageDigest = inspect(average, PRESET).tensorDigest();
        List<TestTensor> trainer = new ArrayList<>();
        if (withModel) {
            raw.forEach(tensor -> trainer.add(tensor.named("model." + tensor.name())));
        }
        raw.forEach(tensor -> trainer.add(tensor.named("ema_model.online_model." + tensor.name())));
        average.forEach(tensor -> trainer.add(tensor.named("ema_model.ema_model." + tensor.name())));
        trainer.add(SmallTrm.floats(new Random(1), "ema_model.initted", 1));
        trainer.add(TestTensor.whole("ema_model.step", TensorType.I64, new byte[8], 1));
        var undecided = catchThrowableOfType(BadCheckpoint.class, () -> inspect(trainer, PRESET));
        assertThat(undecided.networks()).hasSize(2);
        assertThat(undecided.networks().stream().filter(Network::averaged).map(Network::keys))
                .containsExactly("ema_model.ema_model");
        assertThat(inspect(trainer, chosen("ema")).tensorDigest()).isEqualTo(averageDigest);
        assertThat(inspect(trainer, chosen("raw")).tensorDigest()).isEqualTo(rawDigest);

        Path nested = folder.resolve("nested.pt");
        Files.write(
                nested,
                new TorchFile()
                        .prefix("")
                        .dict(Map.of(
                                "model",
                                raw,
                                "ema_model",
                                trainer.subList(withModel ? raw.size() : 0, trainer.size()))));
        assertThat(CheckpointInspection.convert(nested, "nested.pt", chosen("ema"), weights())
                        .tensorDigest())
                .isEqualTo(averageDigest);
        assertThat(CheckpointInspection.convert(nested, "nested.pt", chosen("raw"), weights())
                        .tensorDigest())
                .isEqualTo(rawDigest);
    }

    private static Configuration chosen(String weights) {
        return new Configuration(null, null, "lucidrains", Map.of("weights", weights));
    }

    private void refused(List<TestTensor> tensors, Configuration configuration, String... words) {
        assertThatThrownBy(() -> inspect(tensors, configuration))
                .isInstanceOf(BadCheckpoint.class)
                .hasMessageContainingAll(words);
    }

    private CheckpointManifest inspect(List<TestTensor> tensors, Configuration configuration) throws IOException {
        Path checkpoint = folder.resolve("trm.pt");
        Files.write(checkpoint, new TorchFile().prefix("").of(tensors));
        return CheckpointInspection.convert(checkpoint, "trm.pt", configuration, weights());
    }

    private Path weights() {
        return folder.resolve("weights.safetensors");
    }
}
