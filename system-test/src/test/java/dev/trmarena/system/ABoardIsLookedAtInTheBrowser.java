package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.heading;
import static dev.trmarena.system.Visit.reach;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A leaderboard is sorted, filtered, pointed at, sent to somebody and taken along; by the keyboard. */
@OnTheSharedPlatform
@ExtendWith(SharedDemo.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ABoardIsLookedAtInTheBrowser {
    private static final String BOARD = "/sets/" + DemoEvaluations.ARC_SET;
    /** Of the three models on it, by name backwards. */
    private static final String[] BACKWARDS = {"two-high-cycles", "one-low-cycle", "demo-trm"};

    private static Browser browser;
    private final Platform platform;
    private Page page;
    private List<String> problems;

    /** @param demo is asked for to be there */
    ABoardIsLookedAtInTheBrowser(Platform platform, DemoEvaluations demo) {
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
        Visit.open(page, platform.url() + BOARD);
    }

    @AfterEach
    void nothing_went_wrong_in_the_browser() {
        page.context().close();
        assertThat(problems).as("errors in the browser").isEmpty();
    }

    @Test
    void its_address_carries_order_filter_and_axis_and_opens_the_same_elsewhere() {
        sortByModelBackwards();
        assertThat(models(page)).hasText(BACKWARDS);
        reach(page, filter(page));
        page.keyboard().type("cycle");
        assertThat(models(page)).hasText(Arrays.copyOf(BACKWARDS, 2));
        assertThat(page.locator(".board-tools [role=status]")).hasText("2 of 3 entries");
        axis(page).selectOption("compute");
        assertThat(page).hasURL(Pattern.compile(".*" + BOARD + "\\?sort=-model&filter=cycle&x=compute"));
        Visit.assertAccessible(page, "a filtered board");

        Page elsewhere = browser.page(1280, 900);
        List<String> itsProblems = Visit.listen(elsewhere);
        Visit.open(elsewhere, page.url());
        assertThat(models(elsewhere)).hasText(Arrays.copyOf(BACKWARDS, 2));
        assertThat(filter(elsewhere)).hasValue("cycle");
        assertThat(axis(elsewhere)).hasValue("compute");
        assertThat(header(elsewhere, "Model")).hasAttribute("aria-sort", "descending");
        assertThat(elsewhere.locator("a.plot-point")).hasCount(2);
        elsewhere.context().close();
        assertThat(itsProblems).as("errors in the browser").isEmpty();
    }

    @Test
    void a_point_of_the_plot_and_its_row_are_marked_together_whichever_has_the_focus() {
        Locator point = page.locator("a.plot-point").first();
        reach(page, point);
        String address = point.getAttribute("href");
        Locator marked = page.locator("tr[data-marked]");
        assertThat(marked).hasCount(1);
        String model = marked.locator(".model a").innerText();
        assertThat(marked.locator(".model a")).hasAttribute("href", address);
        assertThat(page.locator(".plot-said")).containsText(model);

        Locator other = page.locator("tbody tr:not([data-marked]) .model a").first();
        String otherAddress = other.getAttribute("href");
        Locator link = page.locator("tbody .model a[href='" + otherAddress + "']");
        reach(page, link);
        assertThat(page.locator("a.plot-point[data-marked]")).hasCount(1);
        assertThat(page.locator("a.plot-point[data-marked]")).hasAttribute("href", otherAddress);
        Visit.assertAccessible(page, "a board with a marked row");
        String name = link.innerText();
        page.keyboard().press("Enter");
        assertThat(heading(page, name)).isFocused();
    }

    @Test
    void the_rows_that_are_shown_are_taken_along_as_CSV() throws Exception {
        sortByModelBackwards();
        reach(page, filter(page));
        page.keyboard().type("cycle");
        assertThat(models(page)).hasCount(2);
        Locator export = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("CSV"));
        reach(page, export);
        Download download = page.waitForDownload(() -> page.keyboard().press("Enter"));
        assertThat(download.suggestedFilename()).isEqualTo(DemoEvaluations.ARC_SET + ".csv");
        List<List<String>> lines = Files.readAllLines(download.path()).stream()
                .map(line -> List.of(line.split(",", -1)))
                .toList();
        List<String> head = lines.get(0);
        List<List<String>> rows = lines.subList(1, lines.size());
        Locator shown = page.locator("tbody tr");
        assertThat(column(head, rows, "model")).containsExactly(Arrays.copyOf(BACKWARDS, 2));
        for (String metric : List.of("pass@1", "pass@2", "strict")) {
            assertThat(column(head, rows, metric))
                    .as(metric)
                    .isEqualTo(IntStream.range(0, 2)
                            .mapToObj(row -> shown.nth(row)
                                    .locator("[data-metric='" + metric + "']")
                                    .getAttribute("data-value"))
                            .toList());
        }
        assertThat(column(head, rows, "evaluation"))
                .isEqualTo(IntStream.range(0, 2)
                        .mapToObj(row -> shown.nth(row).getAttribute("data-evaluation"))
                        .toList());
    }

    private void sortByModelBackwards() {
        Locator button = header(page, "Model").getByRole(AriaRole.BUTTON);
        reach(page, button);
        page.keyboard().press("Enter");
        assertThat(header(page, "Model")).hasAttribute("aria-sort", "ascending");
        page.keyboard().press("Enter");
        assertThat(header(page, "Model")).hasAttribute("aria-sort", "descending");
    }

    private static List<String> column(List<String> head, List<List<String>> rows, String name) {
        int at = head.indexOf(name);
        assertThat(at).as("place of " + name + " in " + head).isNotNegative();
        return rows.stream().map(row -> row.get(at)).toList();
    }

    private static Locator models(Page page) {
        return page.locator("[data-puzzle-set] tbody .model a");
    }

    private static Locator header(Page page, String name) {
        return page.getByRole(
                AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator filter(Page page) {
        return page.getByLabel("Filter", new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator axis(Page page) {
        return page.locator(".plot-head select");
    }
}
