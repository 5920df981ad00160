package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.golden.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checkpoints that the authors' code wrote, of every architecture and with every unusual setting. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryArchitectureHasAManifest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** What the configurations say, as far as it differs; P by the rules of each family, d = D / H. */
    @ParameterizedTest
    @CsvSource({
        "hrm, hrm, 2, 2, 1, 16, false, float32",
        "hrm_mlp_t, hrm, 2, 2, 1, 16, false, float32",
        "hrm_sapient, hrm, 2, 2, 1, 16, false, float32",
        "hrm_sapient_bf16_default, hrm, 2, 2, 1, 16, false, bfloat16",
        "transformers_baseline, transformer, 3, 0, 1, 12, false, float32",
        "transformers_baseline_act_inference, transformer, 3, 0, 1, 12, true, float32",
        "trm_att_full_seq, trm, 0, 2, 16, 16, false, float32",
        "trm_att_rope, trm, 0, 2, 16, 16, false, float32",
        "trm_bf16, trm, 0, 2, 16, 16, false, bfloat16",
        "trm_emb_len0, trm, 0, 2, 3, 16, false, float32",
        "trm_emb_wide, trm, 0, 2, 5, 20, false, float32",
        "trm_hier6, trm_hier6, 0, 2, 16, 16, false, float32",
        "trm_hier6_lcycles4, trm_hier6, 0, 2, 16, 16, false, float32",
        "trm_learned_pos, trm, 0, 2, 16, 8, false, float32",
        "trm_mlp_t, trm, 0, 2, 16, 16, false, float32",
        "trm_mlp_t_bf16, trm, 0, 2, 8, 16, false, bfloat16",
        "trm_mlp_t_no_puzzle_emb, trm, 0, 2, 0, 16, false, float32",
        "trm_no_puzzle_emb, trm, 0, 2, 0, 16, false, float32",
        "trm_orig_mod, trm, 0, 2, 16, 16, false, float32",
        "trm_singlez, trm_singlez, 0, 2, 16, 16, false, float32",
        "trm_softcfg_defaults, trm, 0, 2, 16, 16, false, float32",
    })
    void of_the_authors_code(
            String name,
            String architecture,
            int hLayers,
            int lLayers,
            int front,
            int headSize,
            boolean actInference,
            String dtype)
            throws IOException {
        Path model = Golden.folder("models/" + name);
        CheckpointManifest manifest = inspect(model);
        HyperParameters hyper = manifest.hyperParameters();
        assertThat(manifest.architecture().key()).isEqualTo(architecture);
        assertThat(hyper.hLayers()).isEqualTo(hLayers);
        assertThat(hyper.lLayers()).isEqualTo(lLayers);
        assertThat(hyper.puzzleEmbLen()).isEqualTo(front);
        assertThat(hyper.headSize()).isEqualTo(headSize);
        assertThat(hyper.actInference()).isEqualTo(actInference);
        assertThat(hyper.forwardDtype()).isEqualTo(dtype);

        JsonNode dataset = JSON.readTree(model.resolve("dataset.json").toFile());
        assertThat(hyper.vocabSize()).isEqualTo(dataset.path("vocab_size").asInt());
        if (hyper.puzzleEmbNdim() > 0) {
            assertThat(hyper.identifierCount())
                    .isEqualTo(dataset.path("num_puzzle_identifiers").asInt());
        }
        if (hyper.mlpT() || hyper.posEncodings().equals("learned")) {
            assertThat(hyper.seqLen()).isEqualTo(dataset.path("seq_len").asInt());
        } else {
            assertThat(hyper.seqLen()).as("no tensor knows it").isZero();
        }
    }

    @Test
    void every_value_names_its_source() throws IOException {
        CheckpointManifest manifest = inspect(Golden.folder("models/trm_softcfg_defaults"));
        // As they are written: what only some families have is in no manifest of the others.
        List<String> names = new ArrayList<>();
        JSON.valueToTree(manifest.hyperParameters()).fieldNames().forEachRemaining(names::add);
        assertThat(names).hasSizeGreaterThanOrEqualTo(20);
        var described = new TreeMap<>(manifest.sources());
        assertThat(described.remove("architecture")).isEqualTo("all_config.yaml");
        assertThat(described.keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(described)
                .containsAllEntriesOf(Map.of(
                        "hiddenSize", "all_config.yaml",
                        "lCycles", "all_config.yaml",
                        "puzzleEmbLen", "default of the authors' code",
                        "rmsNormEps", "default of the authors' code",
                        "mlpT", "tensors",
                        "vocabSize", "tensors",
                        "hLayers", "architecture"));
        assertThat(CheckpointManifest.fromJson(manifest.toJson())).isEqualTo(manifest);
    }

    private CheckpointManifest inspect(Path model) throws IOException {
        return CheckpointInspection.convert(
                model.resolve("step_0"),
                "step_0",
                Configuration.of(model.resolve("all_config.yaml"), "all_config.yaml"),
                folder.resolve("weights.safetensors"));
    }
}
