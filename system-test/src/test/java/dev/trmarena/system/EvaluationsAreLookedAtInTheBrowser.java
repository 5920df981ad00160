package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.heading;
import static dev.trmarena.system.Visit.reach;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the wall of an evaluation's tasks to one task, to its step replay, to another evaluation; by the keyboard. */
@OnTheSharedPlatform
@ExtendWith(SharedDemo.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EvaluationsAreLookedAtInTheBrowser {
    private static final Pattern HALT = Pattern.compile("halt score (\\d+\\.\\d+)%");
    private static final String MADE = ".wall[aria-busy=false]";
    private static final int LOOKED_THROUGH = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Browser browser;
    private final Platform platform;
    private final DemoEvaluations demo;
    private Page page;
    private List<String> problems;

    EvaluationsAreLookedAtInTheBrowser(Platform platform, DemoEvaluations demo) {
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
        page = browser.page(1280, 900);
        problems = Visit.listen(page);
    }

    @AfterEach
    void nothing_went_wrong_in_the_browser() {
        page.context().close();
        assertThat(problems).as("errors in the browser").isEmpty();
    }

    @Test
    void a_filtered_and_sorted_wall_leads_by_arrow_keys_to_a_task_and_through_its_neighbours() {
        open(DemoEvaluations.evaluation(demo.arc()));
        Locator tiles = page.locator(MADE + " a");
        Locator first = page.locator("[data-filter=first]");
        reach(page, first);
        int solved = Integer.parseInt(first.locator(".num").innerText());
        page.keyboard().press("Enter");
        assertThat(page.locator(MADE + " a[data-verdict=first]")).hasCount(solved);
        assertThat(tiles).hasCount(solved);
        assertThat(solved).as("tasks solved at once").isGreaterThan(2);
        Locator sort = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Sort"));
        reach(page, sort);
        sort.selectOption("-halt");
        assertThat(page.locator(MADE + " a[href*='only=first&sort=-halt']")).hasCount(solved);
        assertThat(halts(tiles)).isSortedAccordingTo(Comparator.reverseOrder());
        Visit.assertAccessible(page, "a filtered wall");

        reach(page, tiles.first());
        page.keyboard().press("ArrowRight");
        assertThat(tiles.nth(1)).isFocused();
        String name = tiles.nth(1).locator(".tile-name").innerText();
        String next = tiles.nth(2).locator(".tile-name").innerText();
        page.keyboard().press("Enter");
        assertThat(heading(page, name)).isFocused();
        assertThat(page).hasURL(Pattern.compile(".*/tasks/\\d+\\?only=first&sort=-halt&at=1"));
        assertThat(page.locator(".walk-place")).containsText("task 2 of " + solved);
        page.keyboard().press("ArrowRight");
        assertThat(heading(page, next)).isFocused();
    }

    @Test
    void the_arrow_keys_go_from_row_to_row_and_every_tile_that_comes_into_sight_is_drawn() throws Exception {
        open(DemoEvaluations.evaluation(demo.sudoku()));
        int tasks =
                json("/api/evaluations/" + demo.sudoku()).path("exampleCount").asInt();
        Locator tiles = page.locator(MADE + " a");
        assertThat(tiles).hasCount(tasks);
        reach(page, tiles.first());
        page.keyboard().press("ArrowDown");
        Locator below = page.locator(".wall a:focus");
        assertThat(below).not().hasAttribute("data-task", "0");
        assertThat(below.boundingBox().x).isEqualTo(tiles.first().boundingBox().x);
        page.keyboard().press("ArrowUp");
        assertThat(tiles.first()).isFocused();
        page.keyboard().press("End");
        assertThat(tiles.last()).isFocused();
        assertThat(tiles.last()).isInViewport();
        Visit.scrollThrough(page);
        assertThat(page.evaluate(EMPTY_TILES)).as("tiles without a grid").isEqualTo(List.of());
    }

    /** The middle of the room that a tile has for its grid, on the sheet that lies over it. */
    private static final String EMPTY_TILES = """
            () => {
              const sheets = [...document.querySelectorAll('.wall-sheet')];
              return [...document.querySelectorAll('.wall > li')].filter((tile) => {
                const x = tile.offsetLeft + tile.offsetWidth / 2;
                const y = tile.offsetTop + tile.offsetHeight / 3;
                const sheet = sheets.find((each) => each.offsetTop <= y && y < each.offsetTop + each.offsetHeight);
                if (!sheet) return true;
                const scale = sheet.width / sheet.offsetWidth;
                const pixel = sheet.getContext('2d').getImageData(x * scale, (y - sheet.offsetTop) * scale, 1, 1);
                return pixel.data[3] === 0;
              }).map((tile) => tile.textContent);
            }""";

    @Test
    void a_step_replay_follows_the_arrow_keys_and_plays_to_its_end() throws Exception {
        int task = taskThatChanges();
        JsonNode frames = replay(task).path("frames");
        open(DemoEvaluations.task(demo.arc(), task));
        Locator replay = page.locator(".step-replay").first();
        Locator slider = replay.getByRole(AriaRole.SLIDER, new Locator.GetByRoleOptions().setName("Improvement step"));
        reach(page, slider);
        for (int i = 0; i < frames.size(); i++) {
            if (i > 0) {
                page.keyboard().press("ArrowRight");
            }
            assertShown(replay, frames, i);
        }
        page.keyboard().press("Home");
        assertShown(replay, frames, 0);
        Visit.assertAccessible(page, "a task with a step replay");

        Locator play = replay.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Play").setExact(true));
        play.focus();
        page.keyboard().press("Enter");
        assertThat(replay.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause")))
                .isVisible();
        assertThat(play).isVisible();
        assertShown(replay, frames, frames.size() - 1);
    }

    private static void assertShown(Locator replay, JsonNode frames, int place) {
        JsonNode frame = frames.path(place);
        String step = "after step " + frame.path("step").asInt();
        Locator grid = replay.locator("[data-grid='" + step + "']");
        assertThat(grid).isVisible();
        assertThat(grid.locator(".grid-title")).hasText("A" + step.substring(1));
        if (!frame.path("wrongCells").isNull()) {
            assertThat(grid).hasAttribute("data-wrong", frame.path("wrongCells").asText());
        }
        assertThat(replay.locator("output"))
                .hasText("step " + frame.path("step").asInt() + " of "
                        + frames.path(frames.size() - 1).path("step").asInt());
    }

    /** @return one of the first tasks whose answer is not the same after every step: its step replay has something to show */
    private int taskThatChanges() throws IOException {
        for (int task = 0; task < LOOKED_THROUGH; task++) {
            List<String> wrong = replay(task).path("frames").findValuesAsText("wrongCells");
            if (wrong.stream().distinct().count() > 1) {
                return task;
            }
        }
        throw new AssertionError("no step replay of " + demo.arc() + " changes");
    }

    private JsonNode replay(int task) throws IOException {
        return json("/api/evaluations/" + demo.arc() + "/tasks/" + task + "/replay?output=0");
    }

    @Test
    void a_wall_goes_back_to_the_first_step_keeps_it_and_plays_to_the_end() throws Exception {
        String evaluation = "/api/evaluations/" + demo.sudoku();
        JsonNode first = json(evaluation + "/steps/1").path("frames");
        int right = (int) first.findValuesAsText("correct").stream()
                .filter(Boolean.TRUE.toString()::equals)
                .count();
        int inTheEnd = json(evaluation + "/tasks?limit=1").path("right").asInt();
        assertThat(right).as("right after the first step").isLessThan(inTheEnd);
        open(DemoEvaluations.evaluation(demo.sudoku()));
        Locator film = page.locator(".wall-film");
        Locator slider = film.getByRole(AriaRole.SLIDER);
        Locator green = page.locator(MADE + " a[data-verdict=right]");
        reach(page, slider);
        page.keyboard().press("Home");
        assertThat(page).hasURL(Pattern.compile(".*\\?step=1"));
        assertThat(green).hasCount(right);
        assertThat(page.locator("path.step-cursor")).hasAttribute("data-step", "1");
        Visit.assertAccessible(page, "a wall after the first step");
        page.reload();
        assertThat(green).hasCount(right);
        assertThat(slider).hasValue("0");

        Locator play = film.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Play").setExact(true));
        reach(page, play);
        page.keyboard().press("Enter");
        assertThat(page).not().hasURL(Pattern.compile(".*step=.*"));
        assertThat(play).isVisible();
        assertThat(green).hasCount(inTheEnd);
    }

    @Test
    void a_task_is_shared_by_the_keyboard_as_a_looping_film_and_as_a_frame() throws Exception {
        int task = taskThatChanges();
        open(DemoEvaluations.task(demo.arc(), task) + "?step=2");
        reach(page, page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Share")));
        page.keyboard().press("Enter");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByLabel("Link", new Locator.GetByLabelOptions().setExact(true)))
                .hasValue(page.url());
        Visit.assertAccessible(page, "the ways to share");
        Download film = page.waitForDownload(() -> dialog.getByText("GIF").press("Enter"));
        try (InputStream stream = film.createReadStream()) {
            String bytes = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(bytes).startsWith("GIF89a").contains("NETSCAPE2.0");
        }
        Download picture = page.waitForDownload(() -> dialog.getByText("PNG").press("Enter"));
        try (InputStream stream = picture.createReadStream()) {
            assertThat(ImageIO.read(stream).getWidth()).isEqualTo(720);
        }
        page.keyboard().press("Escape");
        assertThat(dialog).isHidden();
        open("/embed" + DemoEvaluations.task(demo.arc(), task) + "?step=2");
        assertThat(page.locator(".step-replay output").first()).containsText("step 2 of");
    }

    @Test
    void two_evaluations_are_compared_over_every_task_and_one_that_differs_opens() throws Exception {
        open(DemoEvaluations.evaluation(demo.arc()));
        Locator other = page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Compare"))
                .locator("a[href$='," + demo.arcFewerCycles() + "']");
        reach(page, other);
        page.keyboard().press("Enter");
        assertThat(heading(page, "Compare")).isFocused();
        Locator sets = page.locator(".solver-sets tr[data-tasks]");
        assertThat(sets.first()).isVisible();
        int tasks = json("/api/evaluations/" + demo.arc() + "/tasks?offset=0&limit=1")
                .path("total")
                .asInt();
        assertThat(sets.all().stream()
                        .mapToInt(set -> Integer.parseInt(set.getAttribute("data-tasks")))
                        .sum())
                .as("tasks in the table")
                .isEqualTo(tasks);
        Visit.assertAccessible(page, "a comparison");
        Locator differing = page.locator("tr[data-task]").first();
        String name = differing.locator("code").innerText();
        reach(page, differing.locator("button"));
        page.keyboard().press("Enter");
        Locator unfolded = page.locator(".unfolded");
        assertThat(unfolded.locator("[data-grid]")).not().hasCount(0);
        Visit.assertAccessible(page, "an unfolded task of a comparison");
        reach(page, unfolded.locator("p.facts a").first());
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/evaluations/" + demo.arc() + "/tasks/\\d+"));
        assertThat(heading(page, name)).isFocused();
    }

    @Test
    void operations_lists_every_solver_and_hears_of_it_again() throws Exception {
        open("/operations");
        int solvers = json("/api/solvers").size();
        assertThat(solvers).as("solvers of the platform").isPositive();
        assertThat(page.locator("[data-solver]")).hasCount(solvers);
        String name = page.locator("[data-solver][data-alive=true]").first().getAttribute("data-solver");
        Locator heard = page.locator("[data-solver='" + name + "'] time");
        String before = heard.getAttribute("datetime");
        assertThat(heard).not().hasAttribute("datetime", before);
        Visit.assertAccessible(page, "operations");
    }

    private void open(String address) {
        Visit.open(page, platform.url() + address);
    }

    private JsonNode json(String address) throws IOException {
        return JSON.readTree(page.request().get(platform.url() + address).body());
    }

    private static List<Double> halts(Locator tiles) {
        List<Double> halts = new ArrayList<>();
        for (Locator tile : tiles.all()) {
            Matcher said = HALT.matcher(tile.getAttribute("title"));
            assertThat(said.find()).as(tile.getAttribute("title")).isTrue();
            halts.add(Double.valueOf(said.group(1)));
        }
        return halts;
    }
}
