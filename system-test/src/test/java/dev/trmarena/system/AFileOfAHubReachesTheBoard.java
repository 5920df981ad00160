package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.heading;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.trmarena.golden.Golden;
import dev.trmarena.ingest.FakeHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From {@code ./arena submit hf://…} to a finished evaluation whose page leads to the file at its commit. The token, which the hub alone is told, is
 * in nothing that the platform prints, answers, logs or stores.
 */
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AFileOfAHubReachesTheBoard {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DEMO = Golden.folder("demo/sudoku-4x4");
    private static final String NAME = "hf://sam/tiny/run 1/step_484";

    @TempDir
    Path data;

    /** All that anybody outside was told. */
    private final List<String> told = new ArrayList<>();

    @Test
    void and_its_token_nobody() throws Exception {
        try (var hub = new FakeHub()) {
            hub.large("sam/tiny/run 1/step_484", Files.readAllBytes(DEMO.resolve("step_484")));
            hub.small("sam/tiny/run 1/all_config.yaml", Files.readAllBytes(DEMO.resolve("all_config.yaml")));
            hub.faults("sam/tiny/run 1/step_484", FakeHub.cutAfter(100_000), FakeHub.status(429, "1"));
            hub.refuse("sam/gated", 403, "GatedRepo", null);
            try (var platform = Platform.up(data, environment(hub), "--no-demo")) {
                succeeded(platform.run(
                        "puzzles", "import", "tiny", DEMO.resolve("dataset").toString()));
                String dry = succeeded(platform.run("submit", NAME, "--puzzles", "tiny", "--dry-run"))
                        .out();
                assertThat(dry).contains("would fetch step_484", "would fetch all_config.yaml", FakeHub.COMMIT);
                JsonNode run = submitted(platform);
                look(platform, run, hub);
                puzzlesFetched(platform, hub);
                Arena.Result refused = platform.run("submit", "hf://sam/gated/step_1", "--puzzles", "tiny");
                told.add(refused.out() + refused.err());
                assertThat(refused.exit()).isNotZero();
                assertThat(refused.err()).contains("sam/gated", "ARENA_HUB_TOKEN");
                told.add(answer(platform, "/api/evaluations/" + run.path("id").asText()));
                told.add(answer(platform, "/metrics"));
                told.addAll(platform.lines());
                requireTokenOfIngestAlone(platform);
            }
            requireToldToTheHubAlone(hub);
        }
        assertThat(told).noneMatch(text -> text.contains(FakeHub.TOKEN));
        assertThat(filesWith("sam/tiny"))
                .as("what is looked for would be found")
                .isNotEmpty();
        assertThat(filesWith(FakeHub.TOKEN)).isEmpty();
    }

    private static Map<String, String> environment(FakeHub hub) {
        Map<String, String> environment = new HashMap<>();
        hub.settings()
                .forEach((name, value) ->
                        environment.put(name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT), value));
        return environment;
    }

    private JsonNode submitted(Platform platform) throws Exception {
        JsonNode run = succeeded(
                        platform.run("submit", NAME, "--puzzles", "tiny", "--model", "from-a-hub", "--wait", "--json"))
                .json();
        double expected = JSON.readTree(DEMO.resolve("expected_metrics.json").toFile())
                .findValue("exact_accuracy")
                .asDouble();
        assertThat(run.path("state").asText()).isEqualTo("finished");
        assertThat(run.path("scores").path("exact_accuracy").asDouble()).isCloseTo(expected, within(1e-6));
        assertThat(run.path("origin").path("commit").asText()).isEqualTo(FakeHub.COMMIT);
        assertThat(run.path("origin").path("revision").asText()).isEqualTo("main");
        return run;
    }

    /** Raw tasks, of which the platform builds a set. */
    private void puzzlesFetched(Platform platform, FakeHub hub) throws Exception {
        Path tasks = Golden.folder("demo/arc-style");
        hub.small("sam/tasks/raw/demo_challenges.json", Files.readAllBytes(tasks.resolve("demo_challenges.json")));
        hub.large("sam/tasks/raw/demo_solutions.json", Files.readAllBytes(tasks.resolve("demo_solutions.json")));
        String[] command = {"puzzles", "import", "raw", "hf://datasets/sam/tasks/raw", "--augmentations", "2"};
        List<String> dry = new ArrayList<>(List.of(command));
        dry.add("--dry-run");
        assertThat(succeeded(platform.run(dry.toArray(String[]::new))).out()).contains("in all 2 files");
        succeeded(platform.run(command));
        JsonNode set = JSON.readTree(answer(platform, "/api/puzzle-sets/raw"));
        assertThat(set.path("recipe").path("augmentations").asInt()).isEqualTo(2);
        assertThat(set.path("fetchedFrom").path("commit").asText()).isEqualTo(FakeHub.COMMIT);
        assertThat(set.path("fetchedFrom").path("repository").asText()).isEqualTo("datasets/sam/tasks");
    }

    private static void look(Platform platform, JsonNode run, FakeHub hub) {
        try (var browser = new Browser()) {
            Page page = browser.page(1280, 900);
            List<String> problems = Visit.listen(page);
            Visit.open(page, platform.url() + "/evaluations/" + run.path("id").asText());
            assertThat(heading(page, "from-a-hub")).isVisible();
            Locator link = page.getByRole(
                    AriaRole.LINK,
                    new Page.GetByRoleOptions().setName(hub.hubUrl().replace("http://", "") + "/sam/tiny"));
            assertThat(link)
                    .hasAttribute("href", hub.hubUrl() + "/sam/tiny/blob/" + FakeHub.COMMIT + "/run%201/step_484");
            page.context().close();
            assertThat(problems).as("errors in the browser").isEmpty();
        }
    }

    private static void requireToldToTheHubAlone(FakeHub hub) {
        assertThat(hub.asked()).extracting(FakeHub.Asked::host).contains("hub", "storage");
        assertThat(hub.asked()).allSatisfy(asked -> assertThat(asked.authorization())
                .isEqualTo(asked.host().equals("hub") ? "Bearer " + FakeHub.TOKEN : null));
        assertThat(hub.asked())
                .as("it went on where it was cut off")
                .anySatisfy(asked -> assertThat(String.valueOf(asked.range())).matches("bytes=[1-9]\\d*-"));
    }

    /** As the system tells it of each process. */
    private static void requireTokenOfIngestAlone(Platform platform) throws IOException {
        var processes = new Processes(platform);
        for (String role : List.of("ingest", "leaderboard-api", "solver-1", "kafka", "postgres")) {
            Path environment =
                    Path.of("/proc", String.valueOf(processes.of(role).pid()), "environ");
            if (Files.exists(environment)) {
                assertThat(Files.readString(environment, ISO_8859_1).contains(FakeHub.TOKEN))
                        .as("%s knows the token", role)
                        .isEqualTo(role.equals("ingest"));
            }
        }
    }

    private static String answer(Platform platform, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(platform.url() + path)).build(), BodyHandlers.ofString())
                .body();
    }

    private Arena.Result succeeded(Arena.Result result) {
        told.add(result.out() + result.err());
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result;
    }

    /** Logs, the database as it lies on disk, the broker's messages, artifacts. */
    private List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
