package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.IntStream;
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
        String set = "golden-" + name.replace('_', '-');
        Arena.Result imported =
                platform.run("puzzles", "import", set, dataset(golden).toString(), "--kind", "sequence");
        assertThat(imported.exit()).as(imported.err()).isZero();

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
