package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of tasks whose steps were not kept, whoever looks at one has a solver do it once more. */
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AReplayIsComputedOnDemand {
    private static final int TASK = 17;

    @Test
    void and_ends_with_the_answer_that_was_recorded(@TempDir Path data) throws Exception {
        Path demo = Platform.project().resolve("demo/sudoku-4x4");
        try (var platform = Platform.up(
                        data.resolve("arena"),
                        Map.of("ARENA_DISPATCH_REPLAY_TASKS", "0"),
                        "--no-demo",
                        "--solvers",
                        "1");
                var browser = new Browser()) {
            succeeded(platform.run(
                    "puzzles", "import", "sudoku", demo.resolve("dataset").toString()));
            JsonNode before = succeeded(platform.run(
                            "submit", demo.resolve("step_484").toString(), "--puzzles", "sudoku", "--wait", "--json"))
                    .json();
            String id = before.path("id").asText();
            String replay = "/api/evaluations/" + id + "/tasks/" + TASK + "/replay";
            assertThat(Asked.at(platform.url(), replay).path("frames")).isEmpty();

            Page page = browser.page(1280, 900);
            List<String> problems = Visit.listen(page);
            page.navigate(platform.url() + "/evaluations/" + id + "/tasks/" + TASK);
            var ask = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Compute the step replay"));
            Visit.reach(page, ask);
            page.keyboard().press("Enter");
            var slider = page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName("Improvement step"));
            assertThat(slider).isVisible(Visit.soon());
            assertThat(problems).isEmpty();

            JsonNode frames = Asked.at(platform.url(), replay).path("frames");
            assertThat(frames).hasSize(before.path("protocol").path("steps").asInt());
            JsonNode recorded = Asked.at(platform.url(), "/api/evaluations/" + id + "/tasks/" + TASK)
                    .path("outputs")
                    .get(0)
                    .path("candidates")
                    .get(0)
                    .path("grid");
            assertThat(frames.get(frames.size() - 1).path("grid")).isEqualTo(recorded);
            assertThat(Asked.at(platform.url(), "/api/evaluations/" + id).path("scores"))
                    .isEqualTo(before.path("scores"));
        }
    }

    private static Arena.Result succeeded(Arena.Result result) {
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result;
    }
}
