package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page of the product: in both themes, on a narrow window too, without an error, and without asking anybody else. */
@OnTheSharedPlatform
@ExtendWith(SharedDemo.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryPageIsAccessible {
    private static Browser browser;

    @BeforeAll
    static void open() {
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @TestFactory
    Stream<DynamicTest> in_dark_and_light_without_errors_and_from_one_origin(Platform platform, DemoEvaluations demo) {
        return demo.pages().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey(), () -> look(platform.url(), each.getKey(), each.getValue())));
    }

    private static void look(String url, String name, String address) {
        Page page = browser.page(1280, 900);
        try {
            List<String> problems = Visit.listen(page);
            Queue<String> asked = new ConcurrentLinkedQueue<>();
            page.context().onRequest((Request request) -> asked.add(request.url()));
            Visit.open(page, url + address);
            Visit.scrollThrough(page);
            unfold(page);
            Visit.assertAccessible(page, name);
            page.setViewportSize(390, 844);
            Visit.awaitDrawn(page);
            assertThat(Visit.widerThanItsWindow(page))
                    .as(name + " is wider than a narrow window")
                    .isFalse();
            assertThat(problems).as("errors in the browser").isEmpty();
            assertThat(asked).as("what was asked for").isNotEmpty().allMatch(each -> each.startsWith(url + "/"));
        } finally {
            page.context().close();
        }
    }

    /** What stays out of sight until somebody asks for it is looked at as well. */
    private static void unfold(Page page) {
        page.evaluate("() => document.querySelectorAll('main details').forEach((part) => { part.open = true; })");
    }
}
