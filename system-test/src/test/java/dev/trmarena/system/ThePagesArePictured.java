package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of every page to look at; {@code system-test/pictures} takes them. No page may be wider than its window. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThePagesArePictured {
    private static final Path DEMO = Platform.project().resolve("demo");

    /** So many that it is still under way when the last picture is taken. */
    private static final String MANY_STEPS = "1024";

    @Test
    @EnabledIfSystemProperty(
            named = "arena.pictures",
            matches = ".+",
            disabledReason = "pictures are taken to be looked at: run system-test/pictures")
    void at_two_widths_light_and_dark(@TempDir Path data) throws Exception {
        Path folder = Path.of(System.getProperty("arena.pictures"));
        try (var platform = Platform.up(data.resolve("arena"), "--no-demo", "--solvers", "2");
                var browser = new Browser()) {
            Map<String, String> pages = pages(platform);
            List<String> wide = new ArrayList<>();
            for (int width : List.of(390, 1440)) {
                Page page = browser.page(width, 900);
                for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
                    for (var each : pages.entrySet()) {
                        page.navigate(platform.url() + each.getValue());
                        page.waitForSelector("main h1");
                        settle(page);
                        String file = "%s-%d-%s.png"
                                .formatted(each.getKey(), width, colours.name().toLowerCase(Locale.ROOT));
                        page.screenshot(new Page.ScreenshotOptions()
                                .setPath(folder.resolve(file))
                                .setFullPage(true));
                        if ((Boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth")) {
                            wide.add(file);
                        }
                    }
                }
            }
            assertThat(wide).as("pages that are wider than their window").isEmpty();
        }
    }

    /** Live pages never stop talking: what was asked for has come when nothing says that it is loading. */
    private static void settle(Page page) {
        page.waitForLoadState(LoadState.LOAD);
        assertThat(page.locator("main .loading")).hasCount(0);
        page.waitForTimeout(300);
    }

    /** @return addresses by the name of their pictures */
    private static Map<String, String> pages(Platform platform) throws Exception {
        imported(platform, "arc-style", "dataset");
        imported(platform, "sudoku-4x4", "dataset");
        imported(platform, "sudoku-9x9", "test.csv");
        String arc = run(platform, "arc-style", "step_17153", "demo-trm");
        String fewer = run(platform, "arc-style", "step_17153", "two-high-cycles", "--set", "H_cycles=2");
        run(platform, "arc-style", "step_17153", "one-low-cycle", "--set", "L_cycles=1");
        run(platform, "arc-style", "step_17153", "demo-trm", "--again");
        run(platform, "arc-style", "step_17153", "demo-trm", "--early");
        String sudoku = run(platform, "sudoku-9x9", "step_1656", "demo-trm");
        run(platform, "sudoku-9x9", "step_1656", "two-high-cycles", "--set", "H_cycles=2");
        run(platform, "sudoku-4x4", "step_484", "demo-trm");
        String cancelled = submitted(platform, "sudoku-9x9", "step_1656", "taken-back", "--steps", MANY_STEPS);
        succeeded(platform.run("cancel", cancelled));
        String running = submitted(platform, "sudoku-9x9", "step_1656", "under-way", "--steps", MANY_STEPS);
        String paused = submitted(platform, "sudoku-4x4", "step_484", "can-wait", "--steps", MANY_STEPS);
        succeeded(platform.run("pause", paused));

        var pages = new LinkedHashMap<String, String>();
        pages.put("overview", "/");
        pages.put("board-arc", "/sets/arc-style");
        pages.put("board-sudoku", "/sets/sudoku-9x9");
        pages.put("evaluation-arc", "/evaluations/" + arc);
        pages.put("evaluation-sudoku", "/evaluations/" + sudoku);
        pages.put("evaluation-running", "/evaluations/" + running);
        pages.put("evaluation-paused", "/evaluations/" + paused);
        pages.put("evaluation-cancelled", "/evaluations/" + cancelled);
        pages.put("task-arc", "/evaluations/" + arc + "/tasks/0");
        pages.put("task-sudoku", "/evaluations/" + sudoku + "/tasks/0");
        pages.put("compare", "/compare/" + arc + "/" + fewer);
        pages.put("model", "/models/demo-trm");
        pages.put("model-same-weights", "/models/two-high-cycles");
        pages.put("submit", "/submit");
        pages.put("new-set", "/puzzle-sets/new");
        pages.put("operations", "/operations");
        pages.put("unknown", "/nowhere");
        return pages;
    }

    private static void imported(Platform platform, String set, String file) throws Exception {
        succeeded(platform.run(
                "puzzles", "import", set, DEMO.resolve(set).resolve(file).toString()));
    }

    private static String run(Platform platform, String set, String checkpoint, String model, String... options)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--wait");
        return submitted(platform, set, checkpoint, model, all.toArray(String[]::new));
    }

    private static String submitted(Platform platform, String set, String checkpoint, String model, String... options)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "submit",
                DEMO.resolve(set).resolve(checkpoint).toString(),
                "--puzzles",
                set,
                "--model",
                model,
                "--json"));
        command.addAll(List.of(options));
        JsonNode evaluation = new ObjectMapper()
                .readTree(
                        succeeded(platform.run(command.toArray(String[]::new))).out());
        return evaluation.path("id").asText();
    }

    private static Arena.Result succeeded(Arena.Result result) {
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result;
    }
}
