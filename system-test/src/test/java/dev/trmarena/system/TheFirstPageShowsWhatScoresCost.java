package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.heading;
import static dev.trmarena.system.Visit.reach;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The picture that the first page begins with: its points open their evaluations and sources, its names keep apart. */
@OnTheSharedPlatform
@ExtendWith(SharedDemo.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheFirstPageShowsWhatScoresCost {
    /** Of ARC-AGI-1, as they come with the platform. */
    private static final int PUBLISHED = 12;

    private static final double MOST_SHIFT = 0.05;

    private static Browser browser;
    private final Platform platform;
    private Page page;
    private List<String> problems;

    /** @param demo is asked for to be there */
    TheFirstPageShowsWhatScoresCost(Platform platform, DemoEvaluations demo) {
        this.platform = platform;
        assertThat(demo.arc()).isNotEmpty();
    }

    @BeforeAll
    static void start() {
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @BeforeEach
    void opens() {
        page = browser.page(1280, 900);
        problems = Visit.listen(page);
    }

    @AfterEach
    void nothing_went_wrong_in_the_browser() {
        page.context().close();
        assertThat(problems).as("errors in the browser").isEmpty();
    }

    @Test
    void published_results_are_there_before_anything_ran_and_lead_to_their_sources() {
        Visit.open(page, platform.url() + "/");
        Locator published = page.locator(".home-picture a.plot-point[href^='https:']");
        assertThat(published.count()).isGreaterThanOrEqualTo(PUBLISHED);
        Locator first = published.first();
        reach(page, first);
        assertThat(page.locator(".home-picture .plot-said"))
                .containsText(String.valueOf(first.getAttribute("aria-label")));
        page.locator(".plot-splits button").last().click();
        assertThat(page).hasURL(Pattern.compile(".*/\\?split=semi-private"));
        assertThat(published).hasCount(8);
    }

    @Test
    void a_point_opens_its_evaluation_by_keyboard_and_by_its_name() {
        beginsWithTheDemo();
        Visit.open(page, platform.url() + "/");
        Locator points = page.locator(".home-picture a.plot-point");
        assertThat(points).hasCount(3);
        Locator point = page.locator(".home-picture a.plot-point[aria-label^='demo-trm:']");
        String address = point.getAttribute("href");
        reach(page, point);
        page.keyboard().press("Enter");
        assertThat(heading(page, "demo-trm")).isFocused();
        assertThat(page).hasURL(platform.url() + address);
        page.goBack();
        page.locator(".home-picture .plot-name")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^demo-trm$")))
                .click();
        assertThat(page).hasURL(platform.url() + address);
    }

    @Test
    void it_fits_narrow_windows_in_both_themes_and_stays_where_it_is() {
        beginsWithTheDemo();
        page.addInitScript("""
                window.shifted = 0;
                new PerformanceObserver((list) => {
                  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
                }).observe({ type: 'layout-shift', buffered: true });
                """);
        page.setViewportSize(390, 844);
        Visit.open(page, platform.url() + "/");
        Visit.awaitDrawn(page);
        assertThat((Double) page.evaluate("() => Number(window.shifted) + 1e-9"))
                .as("layout shift")
                .isLessThan(MOST_SHIFT);
        page.locator(".plot-list summary").click();
        for (int width : List.of(320, 390, 720, 1440)) {
            page.setViewportSize(width, 900);
            Visit.awaitDrawn(page);
            assertThat(Visit.widerThanItsWindow(page)).as(width + " pixels").isFalse();
            assertThat(namesThatOverlap()).as("names at " + width + " pixels").isEmpty();
        }
        page.setViewportSize(320, 900);
        Visit.awaitDrawn(page);
        Visit.assertAccessible(page, "the first page, narrow");
    }

    /** As the letters are really wide here. */
    @SuppressWarnings("unchecked")
    private List<String> namesThatOverlap() {
        return (List<String>) page.evaluate("""
                () => {
                  const names = [...document.querySelectorAll('.home-picture .plot-name')];
                  const boxes = names.map((name) => ({ text: name.textContent, box: name.getBoundingClientRect() }));
                  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
                  return boxes.flatMap((one, i) => boxes.slice(i + 1).filter((two) => meet(one.box, two.box))
                      .map((two) => one.text + ' and ' + two.text));
                }""");
    }

    /** The board of the demo in the place of the one that a setting names: a real board, whatever other tests import. */
    private void beginsWithTheDemo() {
        page.route(
                "**/api/home",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"name\":\"arc-agi-1\",\"puzzleSet\":\"" + DemoEvaluations.ARC_SET
                                + "\",\"published\":[]}")));
    }
}
