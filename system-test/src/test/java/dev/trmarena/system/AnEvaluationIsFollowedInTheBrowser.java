package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.assertAccessible;
import static dev.trmarena.system.Visit.heading;
import static dev.trmarena.system.Visit.listen;
import static dev.trmarena.system.Visit.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Submitted from the command line, followed on an open page from the queue to the score, which never loads again. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnEvaluationIsFollowedInTheBrowser {
    private static final String SET = "followed-sudoku";
    /** Enough that a browser sees it run, few enough to wait for. */
    private static final String STEPS = "60";

    @Test
    void from_the_queue_to_its_score_without_a_reload(Platform platform) throws Exception {
        Path demo = Platform.project().resolve("demo/sudoku-4x4");
        Arena.Result imported =
                platform.run("puzzles", "import", SET, demo.resolve("dataset").toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
        try (var browser = new Browser()) {
            Page page = browser.page(1280, 900);
            List<String> problems = listen(page);
            page.navigate(platform.url() + "/");
            page.evaluate("() => { window.neverLoadedAgain = true; }");
            Arena.Result submitted = platform.run(
                    "submit",
                    demo.resolve("step_484").toString(),
                    "--puzzles",
                    SET,
                    "--model",
                    "followed",
                    "--steps",
                    STEPS,
                    "--json");
            assertThat(submitted.exit()).as(submitted.err()).isZero();
            String id = submitted.json().path("id").asText();

            // It came up on the open page by itself; its link leads to its own.
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("followed").setExact(true))
                    .first()
                    .click();
            page.waitForURL(Pattern.compile(".*/evaluations/" + id));
            assertThat(heading(page, "followed")).isVisible();
            assertThat(page.locator(".badge-queued, .badge-running").first()).isVisible();
            assertThat(page.locator("progress").first()).isVisible();
            assertAccessible(page, "an evaluation under way");

            assertThat(page.locator(".badge-finished")).isVisible(soon());
            assertThat(page.locator("[data-metric=exact_accuracy] dd")).containsText(Pattern.compile("\\d+\\.\\d\\d%"));
            assertThat(page.locator(".wall a"))
                    .hasCount(
                            platform.run("show", id, "--json")
                                    .json()
                                    .path("exampleCount")
                                    .asInt(),
                            new LocatorAssertions.HasCountOptions().setTimeout(20_000));
            assertThat(page.evaluate("() => window.neverLoadedAgain === true"))
                    .as("the page was loaded once")
                    .isEqualTo(true);
            assertAccessible(page, "a finished evaluation");
            assertThat(problems).as("errors in the browser").isEmpty();
        }
    }
}
