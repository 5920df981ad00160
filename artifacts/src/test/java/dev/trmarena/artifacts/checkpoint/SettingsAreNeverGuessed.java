package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trmarena.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shapes tell is taken from them or held against what was said; the rest is asked for by name. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsAreNeverGuessed {
    @TempDir
    Path folder;

    private Path checkpoint;

    @BeforeEach
    void a_checkpoint() throws IOException {
        checkpoint = folder.resolve("step_1");
        Files.write(checkpoint, new TorchFile().of(SmallTrm.tensors(1)));
    }

    @Test
    void without_a_configuration_exactly_the_missing_settings_are_named_with_the_presets() {
        var bad = catchThrowableOfType(BadCheckpoint.class, () -> inspect(Configuration.none()));
        assertThat(bad.missing())
                .containsExactlyInAnyOrder(
                        "num_heads",
                        "H_cycles",
                        "L_cycles",
                        "halt_max_steps",
                        "pos_encodings",
                        "puzzle_emb_len",
                        "forward_dtype");
        assertThat(bad.presets()).isEqualTo(Configuration.presets()).contains("trm-arc", "hrm");
        assertThat(bad).hasMessageContaining("step_1").hasMessageContaining("num_heads");
    }

    /** Of the authors' checkpoints, what is asked for without their configuration; given these, the rest is the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trm_att_rope | num_heads H_cycles L_cycles halt_max_steps pos_encodings puzzle_emb_len forward_dtype",
                "trm_bf16 | num_heads H_cycles L_cycles halt_max_steps pos_encodings puzzle_emb_len",
                "trm_learned_pos | num_heads H_cycles L_cycles halt_max_steps puzzle_emb_len forward_dtype",
                "trm_mlp_t | H_cycles L_cycles halt_max_steps puzzle_emb_len forward_dtype",
                "trm_emb_wide | num_heads H_cycles L_cycles halt_max_steps pos_encodings puzzle_emb_len forward_dtype",
                "trm_no_puzzle_emb | num_heads H_cycles L_cycles halt_max_steps pos_encodings forward_dtype",
                "trm_singlez | num_heads H_cycles L_cycles halt_max_steps pos_encodings puzzle_emb_len forward_dtype",
                "trm_hier6 | num_heads H_cycles L_cycles halt_max_steps pos_encodings puzzle_emb_len forward_dtype",
                "hrm | num_heads H_cycles L_cycles halt_max_steps pos_encodings forward_dtype",
                "hrm_mlp_t | H_cycles L_cycles halt_max_steps forward_dtype",
                "transformers_baseline | num_heads halt_max_steps pos_encodings forward_dtype",
            })
    void everything_that_the_tensors_tell_is_filled_in(String name, String asked) throws IOException {
        Path model = Golden.folder("models/" + name);
        Path file = model.resolve("step_0");
        var bad = catchThrowableOfType(
                BadCheckpoint.class,
                () -> CheckpointInspection.convert(file, "step_0", Configuration.none(), weights()));
        assertThat(bad.missing()).containsExactlyInAnyOrder(asked.split(" "));

        Map<String, Object> trained = ConfigFile.read(model.resolve("all_config.yaml"), "all_config.yaml")
                .values();
        var given = new TreeMap<String, String>();
        bad.missing().forEach(key -> given.put(key, String.valueOf(trained.get(key))));
        var manifest =
                CheckpointInspection.convert(file, "step_0", new Configuration(null, null, null, given), weights());
        HyperParameters found = manifest.hyperParameters();
        HyperParameters said = CheckpointInspection.convert(
                        file, "step_0", Configuration.of(model.resolve("all_config.yaml"), null), weights())
                .hyperParameters();
        assertThat(found)
                .usingRecursiveComparison()
                // Only shapes follow from the expansion, and a network without heads has no number of them.
                .ignoringFields(
                        said.mlpT() ? new String[] {"expansion", "numHeads", "headSize"} : new String[] {"expansion"})
                .isEqualTo(said);
        assertThat(manifest.sources()).containsEntry("hiddenSize", "tensors").containsEntry("haltMaxSteps", "given");
    }

    @Test
    void what_is_given_goes_before_the_file_and_the_file_before_the_preset() throws IOException {
        Path yaml = yaml(SmallTrm.yaml().replace("  L_cycles: 3\n", ""));
        var manifest = inspect(new Configuration(
                yaml, "all_config.yaml", "trm-sudoku-att", Map.of("H_cycles", "5", "halt_max_steps", "8")));
        assertThat(manifest.hyperParameters().hCycles()).isEqualTo(5);
        assertThat(manifest.hyperParameters().lCycles()).isEqualTo(6);
        assertThat(manifest.hyperParameters().haltMaxSteps()).isEqualTo(8);
        assertThat(manifest.hyperParameters().hiddenSize()).isEqualTo(SmallTrm.D);
        assertThat(manifest.sources())
                .containsEntry("hCycles", "given")
                .containsEntry("lCycles", "preset trm-sudoku-att")
                .containsEntry("hiddenSize", "all_config.yaml");
    }

    @Test
    void a_preset_of_other_sizes_names_both_numbers() {
        refused(new Configuration(null, null, "trm-arc", Map.of()), "preset trm-arc (hidden_size)", "8", "512");
    }

    @Test
    void a_file_of_other_sizes_names_both_numbers() throws IOException {
        refused(yamlWith("hidden_size: 8", "hidden_size: 12"), "all_config.yaml (arch.hidden_size)", "8", "12");
        refused(yamlWith("expansion: 4", "expansion: 100"), "arch.expansion", "512", "1536");
        refused(yamlWith("L_layers: 1", "L_layers: 2"), "L_level.layers.1", "missing");
        refused(yamlWith("puzzle_emb_ndim: 8", "puzzle_emb_ndim: 16"), "puzzle_emb.weights", "[3, 8]", "[any, 16]");
        refused(yamlWith("mlp_t: false", "mlp_t: true"), "mlp_t.gate_up_proj.weight", "missing");
        refused(yamlWith("trm@", "trm_singlez@"), "H_init", "no place");
    }

    @Test
    void values_that_cannot_be_run_are_refused() throws IOException {
        refused(yamlWith("num_heads: 2", "num_heads: 9"), "arch.num_heads", "9", "8");
        refused(yamlWith("num_heads: 2", "num_heads: 8"), "arch.num_heads", "rotary");
        refused(yamlWith("puzzle_emb_len: 2", "puzzle_emb_len: -1"), "arch.puzzle_emb_len", "-1");
        refused(yamlWith("H_cycles: 2", "H_cycles: 1000000"), "arch.H_cycles", "1000000", "1000");
        refused(
                yamlWith("puzzle_emb_len: 2", "puzzle_emb_len: 20000000"),
                "arch.puzzle_emb_len",
                "20000000",
                "at most 1024");
        refused(yamlWith("halt_max_steps: 4", "halt_max_steps: 1001"), "arch.halt_max_steps", "at most 1000");
        refused(yamlWith("num_heads: 2", "num_heads: 2000"), "arch.num_heads", "at most 1024");
        refused(yamlWith("pos_encodings: rope", "pos_encodings: alibi"), "alibi", "rope, learned, none");
        refused(yamlWith("recursive_reasoning.trm@", "models.mamba@"), "arch.", "mamba", "trm_hier6");
        refused(yamlWith("L_cycles: 3", "L_cycles: 3\n  L_cycles: 4"), "all_config.yaml", "duplicate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"L_cylces", "hiddenSize", ""})
    void a_setting_that_does_not_exist_is_refused(String key) {
        refused(new Configuration(null, null, null, Map.of(key, "1")), "no such setting");
    }

    @Test
    void a_preset_that_does_not_exist_is_refused_with_those_that_do() {
        assertThatThrownBy(() -> inspect(new Configuration(null, null, "best", Map.of())))
                .isInstanceOfSatisfying(
                        BadCheckpoint.class, bad -> assertThat(bad.remedy()).contains(Configuration.presets()));
    }

    /** The values of TRM's and HRM's own configurations, written down once more. */
    @Test
    void presets_are_the_published_recipes() {
        assertThat(Presets.names())
                .isEqualTo(List.of(
                        "hrm",
                        "lucidrains",
                        "nano-trm",
                        "trm-arc",
                        "trm-maze",
                        "trm-sudoku-att",
                        "trm-sudoku-mlp",
                        "urm-arc",
                        "urm-sudoku"));
        assertThat(Presets.get("trm-sudoku-mlp"))
                .containsEntry("mlp_t", true)
                .containsEntry("pos_encodings", "none")
                .containsEntry("L_cycles", 6);
        for (String name : List.of("trm-arc", "trm-maze")) {
            assertThat(Presets.get(name))
                    .containsEntry("H_cycles", 3)
                    .containsEntry("L_cycles", 4)
                    .containsEntry("L_layers", 2)
                    .containsEntry("puzzle_emb_len", 16);
        }
        assertThat(Presets.get("hrm"))
                .containsEntry("H_cycles", 2)
                .containsEntry("L_cycles", 2)
                .containsEntry("H_layers", 4)
                .containsEntry("L_layers", 4);
    }

    @Test
    void a_preset_says_whose_it_is_and_what_it_reaches() {
        assertThat(Presets.all()).extracting(Preset::name).isEqualTo(Presets.names());
        assertThat(Presets.all()).allSatisfy(preset -> {
            assertThat(preset.repository()).matches("[\\w-]+/[\\w-]+");
            assertThat(preset.commit()).matches("[0-9a-f]{7}");
            assertThat(preset.reaches()).isNotBlank();
        });
        assertThat(Presets.all())
                .extracting(Preset::toString)
                .contains("trm-maze (SamsungSAILMontreal/TinyRecursiveModels at e7b6871; H_cycles 3, L_cycles 4,"
                        + " halt_max_steps 16; 85.3 % of Maze-Hard)");
        assertThat(new Preset.Lines()).as("a help text is a format").allSatisfy(line -> assertThat(String.format(line))
                .doesNotContain("%%"));
    }

    private Configuration yamlWith(String old, String changed) throws IOException {
        assertThat(SmallTrm.yaml()).contains(old);
        return Configuration.of(yaml(SmallTrm.yaml().replace(old, changed)), "all_config.yaml");
    }

    private Path yaml(String text) throws IOException {
        return Files.writeString(folder.resolve("all_config.yaml"), text);
    }

    private void refused(Configuration configuration, String... words) {
        assertThatThrownBy(() -> inspect(configuration))
                .isInstanceOf(BadCheckpoint.class)
                .hasMessageContainingAll(words);
    }

    private CheckpointManifest inspect(Configuration configuration) throws IOException {
        return CheckpointInspection.convert(checkpoint, "step_1", configuration, weights());
    }

    private Path weights() {
        return folder.resolve("weights.safetensors");
    }
}
