package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.heading;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run, answers in the forms in which they are published, and published numbers, on one board and compared task by task. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswersStandBesideTheBoard {
    /** Begins as the benchmark whose published results stand beside it. */
    private static final String SET = "arc-agi-1-answers";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void marked_and_compared_with_a_run_task_by_task(Platform platform) throws Exception {
        JsonNode run = run(platform);
        Path submission = submission(platform, run.path("id").asText());
        JsonNode same = entered(platform, submission, "its own submission");
        for (String metric : List.of("pass@2", "arc_prize", "kaggle", "strict")) {
            assertThat(same.path("scores").path(metric))
                    .as(metric)
                    .isEqualTo(run.path("scores").path(metric));
        }
        JsonNode other = entered(platform, results(submission), "some-llm", "--paper", "https://example.org/paper");
        assertThat(other.path("answers").path("dollarsPerTask").asDouble()).isEqualTo(0.5);
        assertThat(entered(platform, submission, "its own submission").path("id"))
                .as("the same file once more")
                .isEqualTo(same.path("id"));
        refusedByItsPlace(platform, submission);
        try (var browser = new Browser()) {
            look(browser, platform, run, other);
            enter(browser, platform, submission);
        }
    }

    private void look(Browser browser, Platform platform, JsonNode run, JsonNode other) {
        Page page = browser.page(1280, 900);
        List<String> problems = Visit.listen(page);
        Visit.open(page, platform.url() + "/sets/" + SET);
        assertThat(page.locator("[data-puzzle-set] tbody tr")).hasCount(1);
        Locator answers = page.locator(".answers");
        assertThat(answers.locator("tbody tr")).hasCount(2);
        assertThat(answers).containsText("answers, scored here, not run here");
        assertThat(answers.locator(".rank")).hasCount(0);
        assertThat(page.locator(".published tbody tr").first()).isVisible();
        Visit.assertAccessible(page, "a board with answers");
        answers.getByLabel("show").uncheck();
        assertThat(answers.locator("tbody tr")).hasCount(0);
        assertThat(page).hasURL(platform.url() + "/sets/" + SET + "?answers=hidden");
        answers.getByLabel("show").check();
        answers.locator("tbody .model a")
                .filter(new Locator.FilterOptions().setHasText("some-llm"))
                .click();
        assertThat(heading(page, "some-llm")).isVisible();
        assertThat(page.locator(".answers-mark")).hasText("answers, scored here, not run here");
        assertThat(page.locator("#repeats")).hasCount(0);
        Visit.assertAccessible(page, "an evaluation of answers");
        Visit.open(
                page,
                platform.url() + "/compare?e=" + run.path("id").asText() + ","
                        + other.path("id").asText());
        assertThat(page.getByText("Not all of it was run here")).isVisible();
        Locator differs = page.locator("[data-task]").first();
        differs.locator("button").click();
        assertThat(page.locator(".unfolded figure").first()).isVisible();
        page.context().close();
        assertThat(problems).as("errors in the browser").isEmpty();
    }

    /** The same file once more under another name, by the page. */
    private static void enter(Browser browser, Platform platform, Path submission) {
        Page page = browser.page(320, 900);
        List<String> problems = Visit.listen(page);
        Visit.open(page, platform.url() + "/submit/answers?set=" + SET);
        Visit.assertAccessible(page, "the form for answers");
        assertThat(Visit.widerThanItsWindow(page)).isFalse();
        assertThat(page.getByLabel("Puzzle set that was answered")).hasValue(SET);
        page.getByLabel("System that answered").fill("by the page");
        page.getByLabel("A file:").setInputFiles(submission);
        page.getByLabel("Address of the code").fill("https://example.org/code");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Score them"))
                .click();
        assertThat(heading(page, "by the page")).isVisible();
        assertThat(page.getByText("https://example.org/code")).isVisible();
        page.context().close();
        assertThat(problems).as("errors in the browser").isEmpty();
    }

    private void refusedByItsPlace(Platform platform, Path submission) throws Exception {
        ObjectNode answers = (ObjectNode) JSON.readTree(submission.toFile());
        String task = answers.fieldNames().next();
        ((ObjectNode) answers.path(task).get(0)).put("attempt_1", "[[1]]");
        Path bad = folder.resolve("bad.json");
        JSON.writeValue(bad.toFile(), answers);
        Arena.Result refused = platform.run("answers", bad.toString(), "--puzzles", SET, "--model", "bad");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("bad.json", "task " + task + ", output 0, attempt_1", "--lenient");
    }

    private JsonNode run(Platform platform) throws Exception {
        Path demo = Golden.folder("demo/arc-style");
        Path part = Files.createDirectory(folder.resolve("part"));
        new PartOfDataset(Load.ALL, 3).copy(demo.resolve("dataset"), part);
        succeeded(platform.run("puzzles", "import", SET, part.toString()));
        return succeeded(platform.run(
                        "submit",
                        demo.resolve("step_17153").toString(),
                        "--puzzles",
                        SET,
                        "--model",
                        "demo-trm",
                        "--wait",
                        "--json"))
                .json();
    }

    private static JsonNode entered(Platform platform, Path answers, String model, String... more) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("answers", answers.toString(), "--puzzles", SET, "--model", model, "--wait", "--json"));
        command.addAll(List.of(more));
        return succeeded(platform.run(command.toArray(String[]::new))).json();
    }

    private Path submission(Platform platform, String evaluation) throws IOException, InterruptedException {
        Path file = folder.resolve("submission.json");
        var request = HttpRequest.newBuilder(
                        URI.create(platform.url() + "/api/evaluations/" + evaluation + "/submission.json"))
                .build();
        HttpClient.newHttpClient().send(request, BodyHandlers.ofFile(file));
        return file;
    }

    /** As arc-agi-benchmarking writes them, but without an answer to the first task that was solved. */
    private Path results(Path submission) throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        JsonNode solutions = JSON.readTree(
                Golden.folder("demo/arc-style").resolve("demo_solutions.json").toFile());
        boolean leftOut = false;
        for (Map.Entry<String, JsonNode> task :
                JSON.readTree(submission.toFile()).properties()) {
            var outputs = JSON.createArrayNode();
            JsonNode right = solutions.path(task.getKey()).path(0);
            boolean leave = !leftOut && task.getValue().get(0).path("attempt_1").equals(right);
            leftOut |= leave;
            for (JsonNode attempts : task.getValue()) {
                ObjectNode object = outputs.addObject();
                for (String attempt : List.of("attempt_1", "attempt_2")) {
                    ObjectNode one = object.putObject(attempt);
                    one.set("answer", leave ? JSON.createArrayNode() : attempts.path(attempt));
                    ObjectNode metadata = one.putObject("metadata");
                    metadata.put("task_id", task.getKey()).put("pair_index", outputs.size() - 1);
                    // In the mean over the tasks, some of which have more outputs than others, half a dollar.
                    metadata.putObject("cost")
                            .put("total_cost", 0.25 / task.getValue().size());
                }
            }
            JSON.writeValue(results.resolve(task.getKey() + ".json").toFile(), outputs);
        }
        return results;
    }

    private static Arena.Result succeeded(Arena.Result result) {
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result;
    }
}
