package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of every page to look at; {@code system-test/pictures} takes them. No page may be wider than its window. */
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThePagesArePictured {
    @Test
    @EnabledIfSystemProperty(
            named = "arena.pictures",
            matches = ".+",
            disabledReason = "pictures are taken to be looked at: run system-test/pictures")
    void at_two_widths_light_and_dark(@TempDir Path data) throws Exception {
        Path folder = Path.of(System.getProperty("arena.pictures"));
        try (var platform = Platform.up(data.resolve("arena"), "--no-demo", "--solvers", "2");
                var browser = new Browser()) {
            Map<String, String> pages = DemoEvaluations.on(platform).pages();
            pages.put("evaluation-running", DemoEvaluations.evaluation(DemoEvaluations.underWay(platform)));
            List<String> wide = new ArrayList<>();
            for (int width : List.of(390, 1440)) {
                Page page = browser.page(width, 900);
                for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
                    for (var each : pages.entrySet()) {
                        Visit.open(page, platform.url() + each.getValue());
                        Visit.scrollThrough(page);
                        String file = each.getKey() + "-" + width + "-"
                                + colours.name().toLowerCase(Locale.ROOT) + ".png";
                        page.screenshot(new Page.ScreenshotOptions()
                                .setPath(folder.resolve(file))
                                .setFullPage(true));
                        if (Visit.widerThanItsWindow(page)) {
                            wide.add(file);
                        }
                    }
                }
            }
            assertThat(wide).as("pages that are wider than their window").isEmpty();
        }
    }
}
