package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.listen;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whoever scrolls a wall of 400 answers of 30×30 cells waits for little: what the page does at a time is counted, by a clock on
 * which only the drawing of tiles takes time, so that no machine is too slow for it. How long it takes on this one is printed
 * with {@code -Darena.trace=true}, from the browser's own trace. The demo has no set of that size: the evaluation is a real
 * one, and its list of tasks is made longer on its way to the page.
 */
@OnTheSharedPlatform
@ExtendWith(SeededRandom.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AWallOfFourHundredTasksScrolls {
    private static final String SET = "scrolled-sudoku";
    private static final int TASKS = 400;
    private static final int SIDE = 30;
    private static final int TURN = 120;
    /** A sheet of grids is drawn for five milliseconds a frame ({@code near.ts}); here each takes one. */
    private static final int MOST_DRAWN = 5;
    /** A slice of the wall ({@code Wall.tsx}). */
    private static final int MOST_MADE = 25;
    /** A canvas behind six rows of tiles ({@code WallSheet.tsx}), of which at least eight are side by side in so wide a window. */
    private static final int MOST_CANVASES = 9;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Counts grids drawn between two pictures of the page, and tiles made between two rests of its scripts. */
    private static final String COUNTING = """
            (() => {
              let clock = 0;
              Performance.prototype.now = () => clock;
              const drawn = new Map();
              const draw = CanvasRenderingContext2D.prototype.drawImage;
              CanvasRenderingContext2D.prototype.drawImage = function (...what) {
                if (this.canvas.classList.contains('wall-sheet')) {
                  const frame = document.timeline.currentTime;
                  drawn.set(frame, (drawn.get(frame) ?? 0) + 1);
                  clock += 1;
                }
                return draw.apply(this, what);
              };
              const made = [];
              const tiles = (node) => node instanceof Element
                ? node.querySelectorAll('.tile-link').length + (node.matches('.tile-link') ? 1 : 0) : 0;
              new MutationObserver((changes) => made.push(
                changes.flatMap((change) => [...change.addedNodes]).reduce((sum, node) => sum + tiles(node), 0)
              )).observe(document, { childList: true, subtree: true });
              window.counted = () => ({
                drawn: [...drawn.values()].reduce((sum, count) => sum + count, 0),
                mostDrawn: Math.max(0, ...drawn.values()),
                made: made.reduce((sum, count) => sum + count, 0),
                mostMade: Math.max(0, ...made),
              });
            })()""";

    @Test
    void and_no_frame_draws_more_than_a_few_of_them(Platform platform, Random random) throws Exception {
        String id = evaluated(platform);
        try (var browser = new Browser()) {
            Page page = browser.page(1440, 900);
            page.addInitScript(COUNTING);
            List<String> problems = listen(page);
            opened(page, platform, id, random);
            scroll(page);
            page.waitForFunction("tasks => counted().drawn >= tasks", TASKS);
            JsonNode counted = JSON.valueToTree(page.evaluate("counted()"));
            assertThat(counted.path("mostDrawn").asInt())
                    .as("grids drawn in one frame, of %s", counted.path("drawn"))
                    .isBetween(1, MOST_DRAWN);
            assertThat(counted.path("mostMade").asInt())
                    .as("tiles made at once, of %s", counted.path("made"))
                    .isBetween(1, MOST_MADE);
            assertThat(page.locator(".wall-room canvas").count())
                    .as("canvases, a layer each")
                    .isBetween(1, MOST_CANVASES);
            assertThat(inked(page)).as("sheets with something drawn on them").isPositive();
            assertThat(problems).as("errors in the browser").isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "arena.trace",
            matches = "true",
            disabledReason = "prints times, which depend on what else the machine does: -Darena.trace=true")
    void and_this_is_how_long_its_longest_task_takes(Platform platform, Random random) throws Exception {
        String id = evaluated(platform);
        try (var browser = new Browser()) {
            Page page = browser.page(1440, 900);
            opened(page, platform, id, random);
            byte[] trace = browser.traced(page, () -> scroll(page));
            System.out.println(LongestTask.of(JSON.readTree(trace).path("traceEvents")));
        }
    }

    private static void opened(Page page, Platform platform, String id, Random random) {
        page.route("**/api/evaluations/*/tasks?*", route -> lengthen(route, random));
        page.navigate(platform.url() + "/evaluations/" + id);
        assertThat(page.locator(".wall a")).hasCount(TASKS, new HasCountOptions().setTimeout(60_000));
        page.waitForLoadState(LoadState.LOAD);
        page.mouse().move(720, 450);
    }

    private static String evaluated(Platform platform) throws Exception {
        Path demo = Platform.project().resolve("demo/sudoku-4x4");
        Arena.Result imported =
                platform.run("puzzles", "import", SET, demo.resolve("dataset").toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
        Arena.Result submitted = platform.run(
                "submit", demo.resolve("step_484").toString(), "--puzzles", SET, "--model", "wide", "--wait", "--json");
        assertThat(submitted.exit()).as(submitted.err()).isZero();
        return submitted.json().path("id").asText();
    }

    private static void lengthen(Route route, Random random) {
        try {
            ObjectNode answer = (ObjectNode) JSON.readTree(route.fetch().text());
            ArrayNode tasks = (ArrayNode) answer.path("tasks");
            List<JsonNode> own =
                    IntStream.range(0, tasks.size()).mapToObj(tasks::get).toList();
            assertThat(own).as("tasks of the evaluation").isNotEmpty();
            tasks.removeAll();
            for (int i = 0; i < TASKS; i++) {
                ObjectNode task = own.get(i % own.size()).deepCopy();
                byte[] cells = new byte[SIDE * SIDE];
                random.nextBytes(cells);
                task.put("index", i);
                ((ObjectNode) task.path("thumbnail"))
                        .put("rows", SIDE)
                        .put("columns", SIDE)
                        .put("cells", cells);
                tasks.add(task);
            }
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(JSON.writeValueAsString(answer)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To the end, a turn of the wheel a frame. */
    private static void scroll(Page page) {
        do {
            page.mouse().wheel(0, TURN);
            page.evaluate("() => new Promise(requestAnimationFrame)");
        } while (!(Boolean)
                page.evaluate("document.querySelector('.wall').getBoundingClientRect().bottom <= innerHeight"));
    }

    private static int inked(Page page) {
        return (Integer) page.evaluate("""
                [...document.querySelectorAll('.wall-sheet')].filter(sheet => sheet.width > 1
                  && sheet.getContext('2d').getImageData(0, 0, sheet.width, 100).data.some(value => value > 0)).length""");
    }
}
