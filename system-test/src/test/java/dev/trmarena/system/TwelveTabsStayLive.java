package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A browser has six connections to a platform: were each tab to keep one for its events, the seventh would never load. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwelveTabsStayLive {
    private static final int TABS = 12;
    private static final String SET = "twelve-tabs";
    /** So many that it is still under way long after. */
    private static final String MANY_STEPS = "1024";

    @Test
    void of_one_stream_and_without_the_tab_that_came_first(Platform platform) throws Exception {
        Path demo = Platform.project().resolve("demo/sudoku-4x4");
        Arena.Result imported =
                platform.run("puzzles", "import", SET, demo.resolve("dataset").toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
        try (var browser = new Browser()) {
            Page first = browser.page(1280, 900);
            List<List<String>> problems = new ArrayList<>(List.of(Visit.listen(first)));
            Queue<Request> asked = new ConcurrentLinkedQueue<>();
            first.context().onRequest(asked::add);
            List<Page> tabs = new ArrayList<>(List.of(first));
            while (tabs.size() < TABS) {
                Page tab = first.context().newPage();
                problems.add(Visit.listen(tab));
                tabs.add(tab);
            }
            for (Page tab : tabs) {
                tab.navigate(platform.url() + "/");
                assertThat(tab.locator(".live-live").first()).isVisible(soon());
                tab.evaluate("() => { window.neverLoadedAgain = true; }");
            }

            Arena.Result submitted = platform.run(
                    "submit",
                    demo.resolve("step_484").toString(),
                    "--puzzles",
                    SET,
                    "--model",
                    "seen-by-twelve",
                    "--steps",
                    MANY_STEPS,
                    "--json");
            assertThat(submitted.exit()).as(submitted.err()).isZero();
            String id = submitted.json().path("id").asText();
            for (Page tab : tabs) {
                assertThat(tab.locator("[data-evaluation='" + id + "']")).isVisible(soon());
            }

            tabs.remove(0).close();
            assertThat(platform.run("cancel", id).exit()).isZero();
            for (Page tab : tabs) {
                assertThat(tab.locator("[data-evaluation='" + id + "'][data-state=cancelled]"))
                        .isVisible(soon());
                assertThat(tab.evaluate("() => window.neverLoadedAgain === true"))
                        .as("the page was loaded once")
                        .isEqualTo(true);
            }
            assertThat(asked).as("streams of a tab's own").noneMatch(request -> request.resourceType()
                    .equals("eventsource"));
            assertThat(problems).as("errors in the browser").allSatisfy(of -> assertThat(of)
                    .isEmpty());
        }
    }
}
