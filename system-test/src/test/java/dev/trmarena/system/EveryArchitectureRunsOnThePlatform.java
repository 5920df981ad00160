package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A checkpoint of each family goes the whole way, upload to download, and predicts what the authors' code predicts. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryArchitectureRunsOnThePlatform {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "trm_singlez, trm_singlez",
        "trm_hier6, trm_hier6",
        "hrm, hrm",
        "hrm_sapient, hrm",
        "transformers_baseline, transformer",
        "transformers_baseline_act_inference, transformer",
        "urm_sudoku, urm",
        "urm_loops6, urm",
        "nano_att, nano_trm",
        "nano_mlp_t, nano_trm",
        "nano_board_2d, nano_trm"
    })
    void and_predicts_what_the_authors_code_predicts(String name, String architecture, Platform platform)
            throws Exception {
        String kind = Golden.names("models").contains(name) ? "models/" : "families/";
        Path golden = Golden.folder(kind + name);
        // Of Lightning's file, which has its settings inside, the raw weights, which the authors' evaluators load.
        boolean lightning = Files.exists(golden.resolve("last.ckpt"));
        String set = imported(golden, platform);

        Arena.Result submitted = lightning
                ? platform.run(
                        "submit",
                        golden.resolve("last.ckpt").toString(),
                        "--puzzles",
                        set,
                        "--weights",
                        "raw",
                        "--wait",
                        "--json")
                : platform.run("submit", golden.resolve("step_0").toString(), "--puzzles", set, "--wait", "--json");
        assertThat(submitted.exit()).as(submitted.err()).isZero();
        JsonNode evaluation = submitted.json();
        assertThat(evaluation.path("architecture").asText()).isEqualTo(architecture);
        assertThat(evaluation.path("configurationSources").path("haltMaxSteps").asText())
                .isEqualTo(lightning ? "hyper_parameters of the checkpoint" : "all_config.yaml");
        if (lightning) {
            assertThat(platform.run("show", evaluation.path("id").asText()).out())
                    .containsPattern("weights +state_dict \\(raw, ");
        }
        predicts(golden, evaluation, platform);
    }

    /** Its file has no configuration; the settings are those of the case, by the names of its authors. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "lucid_mixer, max_deep_refinement_steps=8, halt_prob_thres=0.5, ,",
        "lucid_mixer_registers, max_deep_refinement_steps=6, halt_prob_thres=0.7, num_refinement_blocks=2, num_latent_refinements=3"
    })
    void a_network_whose_rows_leave_early(
            String name, String steps, String threshold, String high, String low, Platform platform) throws Exception {
        Path golden = Golden.folder("families/" + name);
        String set = imported(golden, platform);
        String file = golden.resolve("step_0").toString();
        Arena.Result refused = platform.run("submit", file, "--puzzles", set);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("max_deep_refinement_steps", "halt_prob_thres", "lucidrains");

        List<String> command = new ArrayList<>(
                List.of("submit", file, "--puzzles", set, "--wait", "--json", "--preset", "lucidrains"));
        Stream.of(steps, threshold, high, low)
                .filter(Objects::nonNull)
                .forEach(setting -> command.addAll(List.of("--set", setting)));
        Arena.Result submitted = platform.run(command.toArray(String[]::new));
        assertThat(submitted.exit()).as(submitted.err()).isZero();
        JsonNode evaluation = submitted.json();
        assertThat(evaluation.path("architecture").asText()).isEqualTo("lucidrains");
        assertThat(evaluation.path("configurationSources").path("haltMaxSteps").asText())
                .isEqualTo("given");
        int[] exits = integers(golden.resolve("expected_exit_steps.npy"));
        assertThat(evaluation.path("meanSteps").asDouble())
                .isCloseTo(Arrays.stream(exits).average().orElseThrow(), within(1e-6));
        predicts(golden, evaluation, platform);
    }

    private String imported(Path golden, Platform platform) throws Exception {
        String set = "golden-" + golden.getFileName().toString().replace('_', '-');
        Arena.Result imported =
                platform.run("puzzles", "import", set, dataset(golden).toString(), "--kind", "sequence");
        assertThat(imported.exit()).as(imported.err()).isZero();
        return set;
    }

    private void predicts(Path golden, JsonNode evaluation, Platform platform) throws Exception {
        Path predictions = folder.resolve("predictions.npy");
        String address =
                platform.url() + "/api/evaluations/" + evaluation.path("id").asText() + "/predictions.npy";
        var answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofFile(predictions));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(integers(predictions)).isEqualTo(integers(golden.resolve("expected_preds.npy")));
    }

    /** The golden inputs as a dataset directory; its labels are never compared, so the inputs stand in for them. */
    private Path dataset(Path golden) throws IOException {
        NpyArray inputs = Npy.open(golden.resolve("inputs.npy"));
        int examples = inputs.shape()[0];
        Path test = Files.createDirectories(folder.resolve("dataset/test"));
        for (String name : new String[] {"inputs", "labels"}) {
            Npy.writeInt32(
                    test.resolve("all__" + name + ".npy"), integers(golden.resolve("inputs.npy")), inputs.shape());
        }
        Npy.writeInt32(
                test.resolve("all__puzzle_identifiers.npy"),
                integers(golden.resolve("puzzle_identifiers.npy")),
                examples);
        int[] indices = IntStream.rangeClosed(0, examples).toArray();
        Npy.writeInt32(test.resolve("all__puzzle_indices.npy"), indices, examples + 1);
        Npy.writeInt32(test.resolve("all__group_indices.npy"), indices, examples + 1);
        Files.copy(golden.resolve("dataset.json"), test.resolve("dataset.json"));
        return test.resolveSibling(".").normalize();
    }

    private static int[] integers(Path file) throws IOException {
        NpyArray array = Npy.open(file);
        int[] values = new int[(int) array.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) array.longAt(i);
        }
        return values;
    }
}
