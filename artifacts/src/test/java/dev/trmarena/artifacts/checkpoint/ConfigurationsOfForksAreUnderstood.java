package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trmarena.golden.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people dump as a configuration: parts of one, values that stand for others, objects of Python, keys of their own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigurationsOfForksAreUnderstood {
    private static final String NOT_KNOWN = ": not known here, may change the result";

    @TempDir
    Path folder;

    private HyperParameters plain;

    @BeforeEach
    void as_the_trainer_wrote_it() throws IOException {
        CheckpointManifest manifest = inspect(SmallTrm.yaml());
        plain = manifest.hyperParameters();
        assertThat(manifest.notes()).isEmpty();
        assertThat(new String(manifest.toJson(), StandardCharsets.UTF_8))
                .as("manifests of before stay what they were")
                .doesNotContain("notes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${.hidden_size}",
                "${arch.hidden_size}",
                "${ arch.hidden_size }",
                "${arch[hidden_size]}",
                "${..arch.hidden_size}",
                "${sizes.all.1}",
                "${.twice}"
            })
    void a_value_may_stand_for_another_of_the_file(String value) throws IOException {
        String yaml = with("puzzle_emb_ndim: 8", "puzzle_emb_ndim: " + value + "\n  twice: ${..sizes.all.1}")
                + "sizes:\n  all: {'1': 8}\n";
        assertThat(inspect(yaml).hyperParameters()).isEqualTo(plain);
    }

    @Test
    void a_part_of_a_value_may() throws IOException {
        String yaml = with("forward_dtype: float32", "forward_dtype: ${which}${bits}") + "which: float\nbits: 32\n";
        assertThat(inspect(yaml).hyperParameters()).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "${.hidden}             | '.hidden', which is not in the file",
                "${arch.hidden_size.of} | which is not in the file",
                "${...hidden_size}      | leads out of the file",
                "${oc.env:HOME}         | asks for more than the file",
                "${.puzzle_emb_ndim}    | it stands for itself: arch.puzzle_emb_ndim, arch.puzzle_emb_ndim",
                "${.round}              | it stands for itself: arch.puzzle_emb_ndim, arch.round, again, arch.round",
                "${.loss}               | it is no plain value",
                "${a.${which}}          | is not resolved",
                "${}                    | not in the file",
            })
    void what_stands_for_nothing_is_refused_by_name(String value, String problem) throws IOException {
        String yaml = with("puzzle_emb_ndim: 8", "puzzle_emb_ndim: " + value + "\n  round: ${again}\n  loss: {a: 1}")
                + "again: ${arch.round}\nwhich: b\n";
        BadCheckpoint bad = refused(yaml);
        assertThat(bad).hasMessageContaining("all_config.yaml").hasMessageContaining(problem);
        assertThat(bad.place()).contains("arch.");
    }

    /** Each stands for many: by turns, all of them would never be done. */
    @Test
    void values_that_multiply_are_refused() throws IOException {
        var many = new StringBuilder();
        for (int i = 0; i < 19; i++) {
            many.append("a" + i + ": ${a" + (i + 1) + "}${a" + (i + 1) + "}${a" + (i + 1) + "}\n");
        }
        String yaml = with("puzzle_emb_ndim: 8", "puzzle_emb_ndim: ${a0}") + many;
        assertThat(refused(yaml + "a19: ''\n")).hasMessageContaining("more than 1000 values");
        assertThat(refused(with("puzzle_emb_ndim: 8", "puzzle_emb_ndim: ${a}${a}") + "a: " + "8".repeat(999)))
                .hasMessageContaining("is not resolved");
    }

    @Test
    void a_file_of_the_architecture_alone_is_one() throws IOException {
        String bare = SmallTrm.yaml()
                .replace("arch:\n", "")
                .replace("project_name: small", "")
                .replace("puzzle_emb_ndim: 8", "puzzle_emb_ndim: ${.hidden_size}")
                .indent(-2);
        assertThat(bare).doesNotContain("arch");
        assertThat(inspect(bare).hyperParameters()).isEqualTo(plain);
        assertThat(inspect(bare.replace("${.hidden_size}", "${arch.hidden_size}"))
                        .hyperParameters())
                .as("a name of the whole configuration, of which this is a part")
                .isEqualTo(plain);
        assertThat(refused(bare.replace("H_cycles: 2", "H_cycles: many")).place())
                .isEqualTo("H_cycles");
        for (String none : List.of("", "a: 1", "- arch", "arch: 8")) {
            assertThat(refused(none)).hasMessageContaining("no section 'arch'");
        }
    }

    @Test
    void objects_of_python_are_the_mappings_that_they_are_written_as() throws IOException {
        String namespace = "!!python/object:argparse.Namespace\n"
                + SmallTrm.yaml().replace("arch:", "arch: !!python/object:a.Arch");
        assertThat(inspect(namespace).hyperParameters()).isEqualTo(plain);
        var pydantic = new StringBuilder("!!python/object:pretrain.PretrainConfig\n__dict__:\n");
        pydantic.append(
                "  arch: !!python/object:pretrain.ArchConfig\n    __dict__: {name: recursive_reasoning.trm@TRM}\n");
        pydantic.append("    __pydantic_extra__:\n")
                .append(SmallTrm.yaml()
                        .lines()
                        .skip(2)
                        .filter(line -> line.startsWith("  "))
                        .map(line -> "    " + line + "\n")
                        .reduce("", String::concat));
        pydantic.append("    __pydantic_fields_set__: !!set {name: null}\n  shape: !!python/tuple [1, 2]\n");
        pydantic.append(
                "  place: !!python/object/apply:pathlib.PosixPath [runs]\n  type: !!python/name:torch.float32 ''\n");
        assertThat(inspect(pydantic.toString()).hyperParameters()).isEqualTo(plain);
        assertThat(refused(with("hidden_size: 8", "hidden_size: !!python/object/apply:os.system [id]")))
                .hasMessageContaining("no plain value");
        assertThat(refused("!!javax.script.ScriptEngineManager {arch: {}}")).hasMessageContaining("not YAML");
    }

    @Test
    void an_evaluation_takes_the_steps_of_evaluations() throws IOException {
        for (String yaml : List.of(
                with("halt_max_steps: 4", "halt_max_steps: 4\n  halt_max_steps_eval: 64"),
                SmallTrm.yaml() + "halt_max_steps_eval: 64\n",
                SmallTrm.yaml() + "deep: 64\nhalt_max_steps_eval: ${deep}\n")) {
            CheckpointManifest manifest = inspect(yaml);
            assertThat(manifest.hyperParameters().haltMaxSteps()).isEqualTo(64);
            assertThat(manifest.notes()).singleElement().asString().contains("64", "halt_max_steps_eval");
        }
        assertThat(inspect(SmallTrm.yaml() + "halt_max_steps_eval: null\n").notes())
                .isEmpty();
    }

    @Test
    void keys_that_nothing_reads_are_told_of() throws IOException {
        String yaml = with(
                "H_cycles: 2",
                "H_cycles: 2\n  noise_scale: 0.1\n  lambda_: 0.5\n  gates: {a: 1}\n  use_conv: false\n  nothing: null");
        assertThat(inspect(yaml).notes())
                .containsExactly(
                        "noise_scale" + NOT_KNOWN, "lambda_" + NOT_KNOWN, "gates" + NOT_KNOWN, "use_conv" + NOT_KNOWN);
        var incomplete = catchThrowableOfType(BadCheckpoint.class, () -> inspect(yaml.replace("  L_cycles: 3\n", "")));
        assertThat(incomplete.known().notes()).contains("noise_scale" + NOT_KNOWN);
        var many = new StringBuilder();
        for (int key = 0; key < 3000; key++) {
            many.append("\n  k" + key + ": 1");
        }
        assertThat(inspect(with("H_cycles: 2", "H_cycles: 2" + many)).notes())
                .hasSize(50)
                .last()
                .isEqualTo("more keys" + NOT_KNOWN);
    }

    @Test
    void of_families_that_differ_by_a_key_they_are_refused() throws IOException {
        for (String key : List.of("use_conv_swiglu", "use_board_swiglu", "conv_kernel", "dwconv", "short_conv1d")) {
            BadCheckpoint bad = refused(with("H_cycles: 2", "H_cycles: 2\n  " + key + ": 3"));
            assertThat(bad.place()).isEqualTo("arch." + key);
            assertThat(bad).hasMessageContaining("convolution are not run here");
        }
        String damped = with("H_cycles: 2", "H_cycles: 2\n  lambda_: 0.5");
        assertThat(refused(damped.replace("@TinyRecursiveReasoningModel_ACTV1", "@EqR")))
                .hasMessageContaining("arch.lambda_")
                .hasMessageContaining("compute otherwise");
    }

    @Test
    void values_that_are_not_known_are_refused_with_those_that_are() throws IOException {
        assertThat(refused(with("pos_encodings: rope", "pos_encodings: rope2d")))
                .hasMessageContaining("arch.pos_encodings")
                .hasMessageContaining("'rope2d', known are rope, learned, none");
        assertThat(refused(with("recursive_reasoning.trm@", "eqr.eqr@")))
                .hasMessageContaining("'eqr', solvers run trm,");
    }

    @Test
    void other_names_of_the_same_networks_are_understood_by_the_tensors() throws IOException {
        assertThat(inspect(with("recursive_reasoning.trm@TinyRecursiveReasoningModel_ACTV1", "trm.trm@TRM"))
                        .hyperParameters())
                .isEqualTo(plain);
        CheckpointManifest other = inspect(with("recursive_reasoning.trm@", "hrm.hrm_act_v2@"));
        assertThat(other.architecture()).isEqualTo(Architecture.TRM);
        assertThat(other.sources()).containsEntry("architecture", "tensors");
        assertThat(other.notes()).singleElement().asString().contains("hrm_act_v2");
    }

    @Test
    void the_transformer_under_another_name() throws IOException {
        Path model = Golden.folder("models/transformers_baseline");
        Path yaml = model.resolve("all_config.yaml");
        Path renamed = Files.writeString(
                folder.resolve("renamed.yaml"),
                Files.readString(yaml)
                        .replace("recursive_reasoning.transformers_baseline@Model_ACTV2", "hrm.hrm_act_v2@HRM"));
        CheckpointManifest said = convert(model.resolve("step_0"), yaml);
        CheckpointManifest other = convert(model.resolve("step_0"), renamed);
        assertThat(other.architecture()).isEqualTo(Architecture.TRANSFORMER);
        assertThat(other.hyperParameters()).isEqualTo(said.hyperParameters());
    }

    /** Beside the checkpoints of the same folder, which are one. */
    @Test
    void the_files_that_people_have() throws IOException {
        Path formats = Golden.folder("formats");
        Path checkpoint = formats.resolve("model_state_dict.pt");
        CheckpointManifest right =
                convert(checkpoint, Golden.folder("trained/sudoku4x4").resolve("all_config.yaml"));
        assertThat(right.notes()).isEmpty();
        var notes = new ArrayList<String>();
        for (String yaml : List.of("bare_arch.yaml", "interpolation.yaml", "unread_keys.yaml")) {
            CheckpointManifest manifest = convert(checkpoint, formats.resolve(yaml));
            assertThat(manifest.hyperParameters()).as(yaml).isEqualTo(right.hyperParameters());
            notes.addAll(manifest.notes());
        }
        assertThat(notes).containsExactly("noise_scale" + NOT_KNOWN, "lambda_" + NOT_KNOWN);
    }

    private static String with(String old, String changed) {
        assertThat(SmallTrm.yaml()).contains(old);
        return SmallTrm.yaml().replace(old, changed);
    }

    private BadCheckpoint refused(String yaml) {
        BadCheckpoint bad = catchThrowableOfType(BadCheckpoint.class, () -> inspect(yaml));
        assertThat(bad).as("it was accepted:\n" + yaml).isNotNull();
        return bad;
    }

    private CheckpointManifest inspect(String yaml) throws IOException {
        Path checkpoint = Files.write(folder.resolve("step_1"), new TorchFile().of(SmallTrm.tensors(1)));
        return convert(checkpoint, Files.writeString(folder.resolve("all_config.yaml"), yaml));
    }

    private CheckpointManifest convert(Path checkpoint, Path yaml) throws IOException {
        return CheckpointInspection.convert(
                checkpoint,
                "step_1",
                new Configuration(yaml, yaml.getFileName().toString(), null, Map.of()),
                folder.resolve("weights.safetensors"));
    }
}
