package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What every browser test does on a page, and demands of it. */
final class Visit {
    private static final double PATIENCE_MILLIS = 120_000;
    private static final int MOST_TABS = 120;
    private static final String UNFINISHED = "main .loading, .wall[aria-busy=true]";
    /** A sheet of a wall of tasks has one pixel until it is drawn. */
    private static final String UNDRAWN_SHEET = ".wall-sheet[width='1']";

    /** An address that is none of the page's: its status says so, as it should. */
    static final String NOWHERE = "/nowhere";

    /** Rules whose answer depends on the theme. */
    private static final List<String> RULES_OF_COLOURS = List.of("color-contrast", "link-in-text-block");

    private Visit() {}

    /** @return what goes wrong from now on: errors on the console and of scripts, requests that fail or are refused */
    static List<String> listen(Page page) {
        List<String> problems = new CopyOnWriteArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.location().contains(NOWHERE)) {
                problems.add(message.text());
            }
        });
        page.onPageError(problems::add);
        page.onRequestFailed(request -> {
            if (!givenUp(request)) {
                problems.add(request.url() + ": " + request.failure());
            }
        });
        page.onResponse(response -> {
            if (response.status() >= 400 && !response.url().endsWith(NOWHERE)) {
                problems.add(response.url() + ": status " + response.status());
            }
        });
        return problems;
    }

    /** A page that is left gives up what it was still reading. */
    private static boolean givenUp(Request request) {
        return "net::ERR_ABORTED".equals(request.failure());
    }

    static void assertAccessible(Page page, String what) {
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
            var axe = new AxeBuilder(page);
            if (colours == ColorScheme.DARK) {
                // All else is the same in both.
                axe.withRules(RULES_OF_COLOURS);
            }
            assertThat(axe.analyze().getViolations())
                    .as("accessibility of %s, %s", what, colours)
                    .isEmpty();
        }
        // The check ends on a page of its own, which was in front meanwhile.
        page.bringToFront();
    }

    /** Goes to an address, until all that the page asks for has come and is drawn. Live pages never stop listening: that is not waited for. */
    static void open(Page page, String address) {
        Set<Request> waiting = ConcurrentHashMap.newKeySet();
        Consumer<Request> asked = request -> {
            if (!request.resourceType().equals("eventsource") && !ofTheWorker(request)) {
                waiting.add(request);
            }
        };
        Consumer<Request> over = waiting::remove;
        page.onRequest(asked);
        page.onRequestFinished(over);
        page.onRequestFailed(over);
        page.navigate(address);
        assertThat(page.locator("main h1")).isVisible(soon());
        page.waitForCondition(() -> {
            // What an answer leads to is asked for when it is drawn.
            awaitDrawn(page);
            return waiting.isEmpty() && page.locator(UNFINISHED).count() == 0;
        });
        page.offRequest(asked);
        page.offRequestFinished(over);
        page.offRequestFailed(over);
    }

    /** The script that all tabs share: asked for by the first of them, which is never told that it came. */
    static boolean ofTheWorker(Request request) {
        return request.url().contains("/assets/worker-");
    }

    /** What has changed is laid out in the first frame, what depends on its size is drawn in the second. */
    static void awaitDrawn(Page page) {
        page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    }

    /** Down to the end of a page and back, as its reader: what is drawn only when it comes into sight is drawn then. */
    static void scrollThrough(Page page) {
        page.evaluate("""
                async () => {
                  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
                  const page = document.documentElement;
                  for (let top = 0; top < page.scrollHeight; top += window.innerHeight / 2) {
                    window.scrollTo(0, top);
                    // What has come into sight is told in the first, drawn in the second.
                    await frame();
                    await frame();
                  }
                }""");
        assertThat(page.locator(UNDRAWN_SHEET)).hasCount(0);
        page.evaluate("() => window.scrollTo(0, 0)");
    }

    /** Presses Tab until the focus is there. */
    static void reach(Page page, Locator target) {
        assertThat(target).isVisible(soon());
        for (int i = 0; i < MOST_TABS; i++) {
            if (focused(target)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("Tab does not lead to " + target);
    }

    static boolean focused(Locator target) {
        return (Boolean) target.evaluate("element => element === document.activeElement");
    }

    /** The one of the page. */
    static Locator heading(Page page, String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setLevel(1));
    }

    /** Whether a page has to be scrolled sideways, which none should. */
    static boolean widerThanItsWindow(Page page) {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    }

    static LocatorAssertions.IsVisibleOptions soon() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
    }
}
