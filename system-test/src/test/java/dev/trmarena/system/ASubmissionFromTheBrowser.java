package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.assertAccessible;
import static dev.trmarena.system.Visit.heading;
import static dev.trmarena.system.Visit.listen;
import static dev.trmarena.system.Visit.reach;
import static dev.trmarena.system.Visit.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** From a file to its score in the page, by the keyboard alone. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASubmissionFromTheBrowser {
    private static final String SET = "submitted-sudoku";
    private static final double CHOOSER_MILLIS = 15_000;
    private static final int MOST_PRESSES = 4;

    @Test
    void reaches_a_score_by_the_keyboard_alone(Platform platform) throws Exception {
        Path demo = Platform.project().resolve("demo/sudoku-4x4");
        try (var browser = new Browser()) {
            Page page = browser.page(1280, 900);
            List<String> problems = listen(page);
            page.navigate(platform.url() + "/");
            reach(
                    page,
                    page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Submit").setExact(true)));
            page.keyboard().press("Enter");
            assertThat(heading(page, "Submit a checkpoint")).isFocused();
            importSet(page, demo.resolve("dataset"));

            choose(page, "Checkpoint", demo.resolve("step_484"));
            assertThat(page.getByText("508 kB, uploaded")).isVisible(soon());
            // Without its configuration, settings are missing: a form asks for them.
            assertThat(page.getByText("The tensors do not tell 5 settings")).isVisible(soon());
            assertThat(page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("halt_max_steps")))
                    .isVisible();
            assertAccessible(page, "what is missing");

            choose(page, "Configuration (all_config.yaml)", demo.resolve("all_config.yaml"));
            Locator start =
                    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the evaluation"));
            assertThat(start).isVisible(soon());
            assertThat(page.getByText("The checkpoint fits")).isVisible();

            // A reload costs nothing: the files are there.
            page.reload();
            assertThat(start).isVisible(soon());
            // The set that was just imported is the one that is chosen.
            assertThat(page.getByText("The checkpoint fits " + SET + ".")).isVisible();
            reach(page, page.getByLabel("Model name"));
            page.keyboard().type("from the browser");
            assertAccessible(page, "the whole form");

            reach(page, start);
            page.keyboard().press("Enter");
            page.waitForURL(Pattern.compile(".*/evaluations/[0-9a-f-]+"));
            assertThat(heading(page, "from the browser")).isVisible();
            assertThat(page.locator(".badge-finished")).isVisible(soon());
            assertThat(page.locator("main")).containsText(Pattern.compile("\\d+\\.\\d\\d%"));
            assertThat(problems).as("errors in the browser").isEmpty();
        }
    }

    /** On the page beside, which leads to that of the set, and this one back. */
    private static void importSet(Page page, Path dataset) {
        reach(page, page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Upload another puzzle set")));
        page.keyboard().press("Enter");
        assertThat(heading(page, "New puzzle set")).isFocused();
        reach(page, page.getByLabel("Name"));
        page.keyboard().type(SET);
        choose(page, "Or a dataset folder, of which the test split is used", dataset);
        assertThat(page.getByText(Pattern.compile("\\d files?, "))).isVisible();
        assertAccessible(page, "a new puzzle set");
        reach(page, page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Import")));
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/sets/" + SET));
        assertThat(heading(page, SET)).isFocused();
        reach(page, page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Submit the first")));
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/submit\\?set=" + SET));
        // The address changes before the page does: a key pressed between the two would be lost.
        assertThat(heading(page, "Submit a checkpoint")).isFocused();
    }

    /** The chooser is the browser's own: on a busy machine it now and then misses the key, and one presses it again. */
    private static void choose(Page page, String label, Path file) {
        var patience = new Page.WaitForFileChooserOptions().setTimeout(CHOOSER_MILLIS);
        for (int presses = 1; ; presses++) {
            reach(page, page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)));
            try {
                page.waitForFileChooser(patience, () -> page.keyboard().press("Enter"))
                        .setFiles(file);
                return;
            } catch (TimeoutError e) {
                if (presses == MOST_PRESSES) {
                    throw e;
                }
            }
        }
    }
}
