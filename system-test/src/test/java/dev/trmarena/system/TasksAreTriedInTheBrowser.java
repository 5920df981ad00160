package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.heading;
import static dev.trmarena.system.Visit.reach;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the tasks of a set to one of them, which is solved by keys and by the mouse before anybody is told what models answered. */
@OnTheSharedPlatform
@ExtendWith(SharedDemo.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TasksAreTriedInTheBrowser {
    private static final String ARC = "/sets/" + DemoEvaluations.ARC_SET + "/tasks";
    private static final String SUDOKU = "/sets/" + DemoEvaluations.SUDOKU_SET + "/tasks";
    private static final String TILES = ".set-tasks a";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Browser browser;
    private final Platform platform;
    private final DemoEvaluations demo;
    private Page page;
    private List<String> problems;

    TasksAreTriedInTheBrowser(Platform platform, DemoEvaluations demo) {
        this.platform = platform;
        this.demo = demo;
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
    void listen() {
        page = browser.page(1440, 900);
        problems = Visit.listen(page);
    }

    @AfterEach
    void nothing_went_wrong_in_the_browser() {
        page.context().close();
        assertThat(problems).as("errors in the browser").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 1440})
    void at_every_width_in_both_themes(int width) throws Exception {
        awaitCounted();
        page.setViewportSize(width, 800);
        String task = smallest().path("id").asText();
        for (String address : List.of(ARC, ARC + "/" + task, SUDOKU, SUDOKU + "/1")) {
            open(address);
            Locator reveal = page.locator(".reveal button");
            if (reveal.count() > 0) {
                reveal.click();
                assertThat(page.locator(".answer").first()).isVisible(Visit.soon());
            }
            Visit.awaitDrawn(page);
            assertThat(Visit.widerThanItsWindow(page))
                    .as("%s at %d pixels is wider than its window", address, width)
                    .isFalse();
            if (width == 320) {
                // The widest window EveryPageIsAccessible looks at.
                Visit.assertAccessible(page, address + " at " + width);
            }
        }
    }

    @Test
    void filters_lead_to_fewer_tasks_and_their_links_to_the_same() throws Exception {
        int models = awaitCounted();
        open("/sets/" + DemoEvaluations.ARC_SET);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Look through the tasks of this set"))
                .click();
        assertThat(heading(page, "Tasks of " + DemoEvaluations.ARC_SET)).isVisible(Visit.soon());
        JsonNode all = json("/api/puzzle-sets/" + DemoEvaluations.ARC_SET + "/tasks");
        assertThat(page.locator(TILES)).hasCount(all.path("total").asInt());
        assertThat(page.locator(TILES).first()).containsText("of " + models + " here");
        int unsolved = json("/api/puzzle-sets/" + DemoEvaluations.ARC_SET + "/tasks?solved=nobody")
                .path("total")
                .asInt();
        page.getByRole(
                        AriaRole.COMBOBOX,
                        new Page.GetByRoleOptions().setName("Solved").setExact(true))
                .selectOption("nobody");
        assertThat(page.locator(TILES)).hasCount(unsolved);
        assertThat(page).hasURL(Pattern.compile(".*\\?solved=nobody$"));
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("All tasks").setExact(true))
                .click();
        assertThat(page.locator(TILES)).hasCount(all.path("total").asInt());
        String name = all.path("tasks").path(3).path("name").asText();
        page.getByRole(AriaRole.SEARCHBOX).fill(name.substring(1, 6));
        assertThat(page.locator(TILES)).hasCount(1);
        reach(page, page.locator(TILES).first());
        page.keyboard().press("Enter");
        assertThat(heading(page, name)).isVisible(Visit.soon());
        assertThat(page.locator(".crumbs")).containsText("Tasks");
    }

    @Test
    void an_arc_task_is_solved_by_keys_before_the_answers_are_shown() throws Exception {
        int models = awaitCounted();
        JsonNode task = smallest();
        open(ARC + "/" + task.path("id").asText());
        assertThat(page.locator("[data-grid=solution]")).hasCount(0);
        assertThat(page.locator(".answer")).hasCount(0);
        assertThat(page.evaluate("() => !!(document.querySelector('.demonstrations')"
                        + ".compareDocumentPosition(document.querySelector('.output')) & 4)"))
                .as("demonstrations come before the test")
                .isEqualTo(true);
        JsonNode solution = task.path("outputs").path(0).path("expected");
        int rows = solution.path("rows").asInt();
        int columns = solution.path("columns").asInt();
        field("Rows").fill(Integer.toString(rows));
        field("Columns").fill(Integer.toString(columns));
        Locator grid = page.getByRole(AriaRole.GRID);
        reach(page, grid);
        assertThat(page.getByRole(AriaRole.GRIDCELL)).hasCount(rows * columns);
        byte[] cells = solution.path("cells").binaryValue();
        for (int row = 0; row < rows; row++) {
            page.keyboard().press("Home");
            for (int column = 0; column < columns; column++) {
                page.keyboard().press(Integer.toString(cells[row * columns + column]));
                page.keyboard().press("ArrowRight");
            }
            page.keyboard().press("ArrowDown");
        }
        check("Right.");
        reach(page, grid);
        page.keyboard().press(Integer.toString((cells[cells.length - 1] + 1) % 10));
        check("1 cell is wrong.");
        reach(page, page.locator(".reveal button"));
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-grid=solution]")).hasCount(1);
        assertThat(page.locator(".answer")).hasCount(models);
        assertThat(page.locator(".answer").first()).containsText("vote");
        Locator film = page.locator(".answer .film summary").first();
        reach(page, film);
        page.keyboard().press("Enter");
        assertThat(page.locator(".answer .step-replay").first()).isVisible(Visit.soon());
    }

    @Test
    void a_sudoku_is_filled_in_and_what_was_given_stays() throws Exception {
        awaitCounted();
        open(SUDOKU + "/1");
        JsonNode output = json("/api/puzzle-sets/" + DemoEvaluations.SUDOKU_SET + "/tasks/1")
                .path("outputs")
                .path(0);
        byte[] given = output.path("input").path("cells").binaryValue();
        byte[] right = output.path("expected").path("cells").binaryValue();
        reach(page, page.getByRole(AriaRole.GRID));
        for (int cell = 0; cell < given.length; cell++) {
            if (cell % 9 == 0) {
                page.keyboard().press("Home");
            }
            // On a given digit another one changes nothing.
            page.keyboard().press(Integer.toString(given[cell] == 1 ? right[cell] - 1 : right[cell] % 9 + 1));
            page.keyboard().press(cell % 9 == 8 ? "ArrowDown" : "ArrowRight");
        }
        check("Right.");
    }

    @Test
    void a_stroke_of_the_mouse_paints_and_is_undone_at_once() throws Exception {
        JsonNode task = smallest();
        open(ARC + "/" + task.path("id").asText());
        Locator grid = page.getByRole(AriaRole.GRID);
        field("Rows").fill("3");
        field("Columns").fill("3");
        field("Columns").press("Enter");
        assertThat(page.getByRole(AriaRole.GRIDCELL)).hasCount(9);
        page.locator(".try-values").getByLabel("magenta").click();
        grid.scrollIntoViewIfNeeded();
        BoundingBox box = grid.boundingBox();
        page.mouse().move(box.x + box.width / 6, box.y + box.height / 6);
        page.mouse().down();
        page.mouse().move(box.x + box.width / 2, box.y + box.height / 6);
        page.mouse().move(box.x + box.width * 5 / 6, box.y + box.height / 6);
        page.mouse().up();
        Locator painted = page.locator("[role=gridcell][aria-label$=magenta]");
        assertThat(painted).hasCount(3);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Undo"))
                .click();
        assertThat(painted).hasCount(0);
    }

    @Test
    void what_is_not_there_says_so_by_its_status() throws Exception {
        assertThat(status(ARC)).isEqualTo(200);
        assertThat(status(SUDOKU + "/1")).isEqualTo(200);
        assertThat(status(SUDOKU + "/0")).isEqualTo(404);
        assertThat(status(ARC + "/nobody")).isEqualTo(404);
        assertThat(status("/sets/nowhere/tasks")).isEqualTo(404);
    }

    private int status(String address) throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(platform.url() + address))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.body()).as("the page, which says it in words").contains("<title>");
        return answer.statusCode();
    }

    private void check(String verdict) {
        reach(
                page,
                page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Check").setExact(true)));
        page.keyboard().press("Enter");
        assertThat(page.locator(".try-verdict")).hasText(verdict);
    }

    /** The task of one test whose solution has the fewest cells. */
    private JsonNode smallest() throws IOException {
        JsonNode best = null;
        for (JsonNode each :
                json("/api/puzzle-sets/" + DemoEvaluations.ARC_SET + "/tasks").path("tasks")) {
            JsonNode task = json("/api/puzzle-sets/" + DemoEvaluations.ARC_SET + "/tasks/"
                    + each.path("id").asText());
            if (task.path("outputs").size() == 1 && (best == null || cells(task) < cells(best))) {
                best = task;
            }
        }
        return Objects.requireNonNull(best, "a task of one test");
    }

    private static int cells(JsonNode task) {
        JsonNode expected = task.path("outputs").path(0).path("expected");
        return expected.path("rows").asInt() * expected.path("columns").asInt();
    }

    /** The drawings have words in their names that fields are called by. */
    private Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    /** @return models on the ARC set: those of the demo, once the platform has counted who solved what */
    private int awaitCounted() throws IOException {
        assertThat(demo.arc()).isNotEmpty();
        for (String set : List.of(DemoEvaluations.ARC_SET, DemoEvaluations.SUDOKU_SET)) {
            Set<String> finished = new HashSet<>();
            for (JsonNode each : json("/api/evaluations?limit=200").path("evaluations")) {
                if (each.path("puzzleSet").asText().equals(set)
                        && each.path("state").asText().equals("finished")) {
                    finished.add(each.path("model").asText());
                }
            }
            page.waitForCondition(() -> models(set) >= finished.size());
        }
        return models(DemoEvaluations.ARC_SET);
    }

    private int models(String set) {
        try {
            return json("/api/puzzle-sets/" + set + "/tasks?limit=1")
                    .path("models")
                    .asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode json(String address) throws IOException {
        return JSON.readTree(page.request().get(platform.url() + address).body());
    }

    private void open(String address) {
        Visit.open(page, platform.url() + address);
    }
}
