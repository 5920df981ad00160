package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trmarena.system.Visit.heading;
import static dev.trmarena.system.Visit.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** TLS and a path in front, by the lines of {@code docs/proxy.md}: everything works there, and nobody else passes for the proxy. */
@OnTheSharedPlatform
@TestInstance(Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AProxyStandsInFront {
    private static final String SEEN = "https://arena.example/arena";
    private static final String SET = "behind-a-proxy";
    private static final Path DEMO = Platform.project().resolve("demo/sudoku-4x4");
    private static final int PATIENCE_MILLIS = 60_000;

    private Platform platform;
    private Proxy proxy;

    @BeforeAll
    void start(Platform platform, @TempDir Path folder) throws Exception {
        this.platform = platform;
        proxy = Proxy.before(platform, folder);
        Arena.Result imported =
                proxy.run("puzzles", "import", SET, DEMO.resolve("dataset").toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (proxy != null) {
            proxy.close();
        }
    }

    @Test
    void a_browser_uploads_through_it_and_follows_what_comes_of_that() {
        try (var browser = proxy.browser()) {
            Page page = browser.page(1280, 900);
            List<String> problems = Visit.listen(page);
            Queue<Request> asked = new ConcurrentLinkedQueue<>();
            page.context().onRequest(asked::add);
            Visit.open(page, SEEN + "/");
            page.evaluate("() => { window.neverLoadedAgain = true; }");
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Submit").setExact(true))
                    .click();
            page.waitForURL(SEEN + "/submit");
            choose(page, "Checkpoint", "step_484");
            choose(page, "Configuration (all_config.yaml)", "all_config.yaml");
            Locator start =
                    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the evaluation"));
            assertThat(start).isVisible(soon());
            page.locator("label:has-text('Puzzle set') select").selectOption(SET);
            page.getByLabel("Model name").fill("through a proxy");
            start.click();
            page.waitForURL(Pattern.compile(Pattern.quote(SEEN) + "/evaluations/[0-9a-f-]+"));
            assertThat(heading(page, "through a proxy")).isVisible();
            // It is told by events, from the worker of all tabs.
            assertThat(page.locator(".badge-finished")).isVisible(soon());
            assertThat(page.evaluate("() => window.neverLoadedAgain === true"))
                    .as("the page was loaded once")
                    .isEqualTo(true);

            page.getByText("Show this score elsewhere").click();
            String badge = page.url().replace("/arena/", "/arena/api/") + "/badge.svg";
            assertThat(page.locator(".embed code")).hasText("[![through a proxy](" + badge + ")](" + page.url() + ")");
            assertThat(page.evaluate("() => document.querySelector('.embed img').naturalWidth > 0"))
                    .as("the badge is there")
                    .isEqualTo(true);
            Visit.open(page, page.url() + "/tasks/0");
            Visit.open(page, SEEN + "/sets/" + SET);
            assertThat(page.getByText("./arena submit CHECKPOINT --puzzles " + SET + " --wait --url " + SEEN))
                    .isVisible();

            assertThat(asked).extracting(request -> URI.create(request.url())).allMatch(address -> address.toString()
                    .startsWith(SEEN + "/"));
            assertThat(asked).as("streams of a tab's own").noneMatch(request -> request.resourceType()
                    .equals("eventsource"));
            assertThat(problems).as("errors in the browser").isEmpty();
        }
    }

    @Test
    void the_command_line_uploads_and_waits_through_it() throws Exception {
        Arena.Result submitted = proxy.run(
                "submit",
                DEMO.resolve("step_484").toString(),
                "--puzzles",
                SET,
                "--model",
                "commanded through a proxy",
                "--steps",
                "3",
                "--wait",
                "--json");
        assertThat(submitted.exit()).as(submitted.err()).isZero();
        assertThat(submitted.json().path("state").asText()).isEqualTo("finished");
        Arena.Result removed = proxy.run("remove", "model", "commanded through a proxy", "--yes");
        assertThat(removed.exit()).as(removed.err()).isZero();
    }

    @Test
    void pages_of_others_and_wrong_names_are_kept_out_through_it() throws Exception {
        String cancel = "POST /arena/api/evaluations/none/cancel HTTP/1.1";
        assertThat(through("GET /arena/api/solvers HTTP/1.1", "Host: arena.example"))
                .isEqualTo(200);
        assertThat(through("GET /arena/api/solvers HTTP/1.1", "Host: evil.example"))
                .isEqualTo(421);
        // Of what is below the path, and nothing beside it.
        assertThat(through("GET /api/solvers HTTP/1.1", "Host: arena.example")).isIn(403, 404);

        assertThat(through(cancel, "Host: arena.example", "Origin: https://arena.example"))
                .isEqualTo(404);
        assertThat(through(cancel, "Host: arena.example", "Origin: https://evil.example"))
                .isEqualTo(403);
        assertThat(through(cancel, "Host: arena.example", "Sec-Fetch-Site: cross-site"))
                .isEqualTo(403);
        assertThat(through(cancel, "Host: arena.example", "Origin: http://arena.example"))
                .as("a page over clear text")
                .isEqualTo(403);
        assertThat(through(
                        cancel,
                        "Host: arena.example",
                        "Origin: http://arena.example",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Host: evil.example"))
                .as("what the proxy says is not for its clients to say")
                .isEqualTo(403);
    }

    @Test
    void nobody_else_passes_for_it() throws Exception {
        String board = "GET /api/solvers HTTP/1.1";
        String[] forged = {board, "Host: localhost", "X-Forwarded-Host: evil.example", "X-Forwarded-For: 203.0.113.9"};
        assertThat(from("127.0.0.1", forged)).as("believed").isEqualTo(421);
        assertThat(from("127.0.0.2", forged)).as("not read").isEqualTo(200);
        awaitLog("not admitted, 421, asked by 203.0.113.9: ");

        String cancel = "POST /api/evaluations/none/cancel HTTP/1.1";
        String[] clear = {cancel, "Host: localhost", "Origin: http://arena.example", "X-Forwarded-Proto: https"};
        assertThat(from("127.0.0.1", clear)).as("believed").isEqualTo(403);
        assertThat(from("127.0.0.2", clear)).as("not read").isEqualTo(404);

        // A page that makes its own name mean this machine comes from the address of the proxy, and writes what it
        // likes.
        String[] rebound = {
            board, "Host: evil.example", "X-Forwarded-Host: arena.example", "X-Forwarded-For: 203.0.113.8"
        };
        assertThat(from("127.0.0.1", rebound)).isEqualTo(421);
        assertThat(from("127.0.0.2", rebound)).isEqualTo(421);
        awaitLog("not admitted, 421, asked by 127.0.0.2: ");
    }

    private static void choose(Page page, String label, String file) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).setInputFiles(DEMO.resolve(file));
    }

    private void awaitLog(String line) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Files.readString(platform.data().resolve("logs/leaderboard-api.log")))
                        .contains(line));
    }

    /** @return the status of the answer that the proxy gives */
    private int through(String... head) throws Exception {
        try (Socket socket = proxy.connect()) {
            return status(socket, head);
        }
    }

    /** @return the status of the answer that the platform gives to this address of the machine */
    private int from(String address, String... head) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress(
                    "127.0.0.1", URI.create(platform.url()).getPort()));
            return status(socket, head);
        }
    }

    private static int status(Socket socket, String... head) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream()
                .write((String.join("\r\n", head) + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        return Integer.parseInt(answer.readLine().split(" ")[1]);
    }
}
