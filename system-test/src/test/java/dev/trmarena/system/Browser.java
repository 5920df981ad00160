package dev.trmarena.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Debian's headless Chromium. Without it the test is skipped, and says what to install. */
final class Browser implements AutoCloseable {
    /** Of an assertion, on a machine that builds something else meanwhile. */
    private static final double PATIENCE_MILLIS = 30_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** @param more arguments of its command line */
    Browser(String... more) {
        Path executable = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        assumeTrue(executable != null, "no Chromium on this machine; `apt-get install chromium` and run again");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(Stream.concat(ARGUMENTS.stream(), Stream.of(more))
                                .toList()));
    }

    Page page(int width, int height) {
        return chromium.newContext(new NewContextOptions().setViewportSize(width, height))
                .newPage();
    }

    /** @return the browser's own trace of the tasks that a page ran meanwhile: JSON, {@code traceEvents} with times in microseconds */
    byte[] traced(Page page, Runnable what) {
        chromium.startTracing(
                page,
                new com.microsoft.playwright.Browser.StartTracingOptions()
                        .setCategories(
                                List.of("toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline")));
        what.run();
        return chromium.stopTracing();
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
