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
import java.util.concurrent.CopyOnWriteArrayList;

/** What every browser test does on a page, and demands of it. */
final class Visit {
    private static final double PATIENCE_MILLIS = 120_000;
    private static final int MOST_TABS = 60;

    private Visit() {}

    /** @return what goes wrong from now on: errors on the console and of scripts, requests that fail or are refused */
    static List<String> listen(Page page) {
        List<String> problems = new CopyOnWriteArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
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
            if (response.status() >= 400) {
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
            assertThat(new AxeBuilder(page).analyze().getViolations())
                    .as("accessibility of %s, %s", what, colours)
                    .isEmpty();
        }
        // The check ends on a page of its own, which was in front meanwhile.
        page.bringToFront();
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

    static LocatorAssertions.IsVisibleOptions soon() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
    }
}
