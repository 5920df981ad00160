package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.assertAccessible;
import static dev.trmarena.system.Visit.heading;
import static dev.trmarena.system.Visit.listen;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** From a row of the board to the model's page, and from there to whoever has the same weights, whatever they are called. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AModelIsLookedUpInTheBrowser {
    private static final Path DEMO = Platform.project().resolve("demo/sudoku-4x4");
    private static final String SET = "looked-up-sudoku";
    private static final String MODEL = "looked up";
    private static final String TWIN = "it/<b>twin</b> 100%";

    @Test
    void and_whoever_has_the_same_weights(Platform platform) throws Exception {
        Arena.Result imported =
                platform.run("puzzles", "import", SET, DEMO.resolve("dataset").toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
        submit(platform, MODEL);
        submit(platform, MODEL, "--set", "H_cycles=2");
        submit(platform, TWIN, "--steps", "3");

        try (var browser = new Browser()) {
            for (int width : List.of(390, 1440)) {
                Page page = browser.page(width, 900);
                List<String> problems = listen(page);
                page.navigate(platform.url() + "/sets/" + SET);
                page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("history of " + MODEL))
                        .first()
                        .press("Enter");
                assertThat(heading(page, MODEL)).isFocused();
                assertThat(page.locator("[data-manifest]")).hasCount(2);
                assertThat(page.locator(".changes").first()).containsText("2");
                assertThat(page.locator("[data-state=finished]").first()).isVisible();
                assertFits(page, MODEL);

                page.locator(".same-weights a")
                        .filter(new Locator.FilterOptions().setHasText(TWIN))
                        .first()
                        .click();
                assertThat(heading(page, TWIN)).isVisible();
                assertThat(page.locator("[data-manifest]")).hasCount(1);
                assertThat(page.locator(".same-weights")).containsText(MODEL);
                assertThat(page.locator("main b")).hasCount(0);
                assertFits(page, TWIN);
                page.reload();
                assertThat(heading(page, TWIN)).isVisible();
                assertThat(problems).as("errors in the browser").isEmpty();
            }
        }
    }

    private static void assertFits(Page page, String model) {
        assertAccessible(page, "the page of " + model);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("the page of %s is no wider than its window", model)
                .isEqualTo(true);
    }

    private static void submit(Platform platform, String model, String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("submit", DEMO.resolve("step_484").toString(), "--puzzles", SET, "--model", model, "--wait"));
        command.addAll(List.of(options));
        Arena.Result submitted = platform.run(command.toArray(String[]::new));
        assertThat(submitted.exit()).as(submitted.out() + submitted.err()).isZero();
    }
}
