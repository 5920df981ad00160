package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.trmarena.golden.Golden;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job, from the outside: import, submit, wait, and the authors' numbers come out, in JSON and in the browser. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ACheckpointReachesTheBoard {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @ParameterizedTest(name = "{1}")
    @CsvSource({"demo/sudoku-4x4, sudoku4x4, step_484", "trained/sudoku9x9_easy, sudoku9x9_easy, step_1656"})
    void a_sudoku_checkpoint_gets_the_authors_scores_down_to_every_cell(
            String folder, String name, String checkpoint, Platform platform) throws Exception {
        Path golden = Golden.folder(folder);
        JsonNode evaluation = submitted(platform, golden, name, checkpoint);

        JsonNode expected =
                JSON.readTree(golden.resolve("expected_metrics.json").toFile());
        for (String metric : List.of("exact_accuracy", "accuracy", "q_halt_accuracy")) {
            assertThat(evaluation.path("scores").path(metric).asDouble())
                    .as(metric)
                    .isCloseTo(metricOf(expected, metric), within(1e-6));
        }
        byte[] predictions =
                get(platform, "/api/evaluations/" + evaluation.path("id").asText() + "/predictions.npy");
        byte[] wanted = Files.readAllBytes(golden.resolve("expected_preds.npy"));
        int cells = evaluation.path("exampleCount").asInt() * cellsOf(platform, name);
        assertThat(lastBytes(predictions, cells)).isEqualTo(lastBytes(wanted, cells));

        assertRowInTheBrowser(platform, name, evaluation);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({"demo/arc-style, arc-style-again, step_17153", "trained/arc_easy14, arc-easy14, step_7358"})
    void an_arc_checkpoint_gets_the_authors_votes(String folder, String name, String checkpoint, Platform platform)
            throws Exception {
        Path golden = Golden.folder(folder);
        JsonNode evaluation = submitted(platform, golden, name, checkpoint);

        JsonNode expected =
                JSON.readTree(golden.resolve("expected_metrics.json").toFile());
        for (int k : List.of(1, 2, 5, 10, 100, 1000)) {
            assertThat(evaluation.path("scores").path("pass@" + k).asDouble())
                    .as("pass@" + k)
                    .isEqualTo(metricOf(expected, "ARC/pass@" + k));
        }
        for (String metric : List.of("exact_accuracy", "accuracy", "q_halt_accuracy")) {
            assertThat(evaluation.path("scores").path(metric).asDouble())
                    .as("%s, as the trainer logs it", metric)
                    .isCloseTo(metricOf(expected, metric), within(1e-6));
        }
        assertThat(evaluation.path("meanSteps").asDouble()).isEqualTo(metricOf(expected, "steps"));
        byte[] submission =
                get(platform, "/api/evaluations/" + evaluation.path("id").asText() + "/submission.json");
        assertThat(JSON.readTree(submission))
                .isEqualTo(
                        JSON.readTree(golden.resolve("expected_submission.json").toFile()));
        assertRowInTheBrowser(platform, name, evaluation);
    }

    private static JsonNode submitted(Platform platform, Path golden, String set, String checkpoint) throws Exception {
        Arena.Result imported =
                platform.run("puzzles", "import", set, golden.resolve("dataset").toString(), "--json");
        assertThat(imported.exit()).as(imported.err()).isZero();
        Arena.Result submitted = platform.run(
                "submit",
                golden.resolve(checkpoint).toString(),
                "--puzzles",
                set,
                "--model",
                "golden",
                "--wait",
                "--json");
        assertThat(submitted.exit()).as(submitted.err()).isZero();
        JsonNode evaluation = submitted.json();
        assertThat(evaluation.path("state").asText()).isEqualTo("finished");
        return evaluation;
    }

    private static int cellsOf(Platform platform, String set) throws IOException, InterruptedException {
        return JSON.readTree(get(platform, "/api/puzzle-sets/" + set))
                .path("seqLen")
                .asInt();
    }

    /** The trainer prints metrics as {@code {"all": {…}}} or flat; the vectors keep both forms. */
    private static double metricOf(JsonNode expected, String metric) {
        JsonNode found = expected.findValue(metric);
        assertThat(found).as("expected_metrics.json has %s", metric).isNotNull();
        return found.asDouble();
    }

    private static void assertRowInTheBrowser(Platform platform, String set, JsonNode evaluation) {
        String score = String.format(
                Locale.ROOT,
                "%.2f%%",
                100
                        * evaluation
                                .path("scores")
                                .path(evaluation.path("mainMetric").asText())
                                .asDouble());
        try (var browser = new Browser()) {
            Page page = browser.page(1280, 900);
            page.navigate(platform.url() + "/sets/" + set);
            Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("golden"));
            assertThat(row).hasCount(1);
            assertThat(row).containsText(score);
            assertThat(row).containsText(evaluation.path("checkpoint").asText().substring(0, 8));
            page.navigate(
                    platform.url() + "/evaluations/" + evaluation.path("id").asText() + "/tasks/0");
            assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
            assertThat(page.locator("svg[role=img]").first()).isVisible();
            assertThat(new AxeBuilder(page).analyze().getViolations())
                    .as("accessibility of the task page")
                    .isEmpty();
        }
    }

    private static byte[] get(Platform platform, String path) throws IOException, InterruptedException {
        var response = HTTP.send(
                HttpRequest.newBuilder(URI.create(platform.url() + path)).build(), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    private static byte[] lastBytes(byte[] all, int count) {
        assertThat(all.length).isGreaterThan(count);
        return java.util.Arrays.copyOfRange(all, all.length - count, all.length);
    }
}
