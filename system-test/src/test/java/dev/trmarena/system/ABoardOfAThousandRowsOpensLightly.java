package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a browser that knows nothing yet has to fetch for the first view of a large board. How long that takes depends on the
 * machine and is measured by the benchmark module; how much it is does not. The board is a real one, made longer on its way.
 */
@OnTheSharedPlatform
@ExtendWith(SharedDemo.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ABoardOfAThousandRowsOpensLightly {
    private static final int ROWS = 1_000;
    private static final int MOST_SCRIPT_BYTES = 300_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void with_less_than_300_kB_of_script_and_nothing_from_elsewhere(Platform platform, DemoEvaluations demo) {
        assertThat(demo.arc()).isNotEmpty();
        try (var browser = new Browser()) {
            Page page = browser.page(1280, 900);
            List<String> problems = Visit.listen(page);
            Queue<Request> asked = new ConcurrentLinkedQueue<>();
            page.context().onRequest(asked::add);
            page.route("**/leaderboard*", ABoardOfAThousandRowsOpensLightly::lengthen);
            Visit.open(page, platform.url() + "/sets/" + DemoEvaluations.ARC_SET);
            assertThat(page.locator("[data-puzzle-set] tbody tr")).hasCount(ROWS);
            assertThat(page.locator("a.plot-point")).hasCount(ROWS);

            List<Request> scripts = asked.stream()
                    .filter(request -> request.resourceType().equals("script"))
                    .toList();
            assertThat(scripts).as("scripts").isNotEmpty();
            assertThat(scripts.stream().mapToInt(script -> bytes(page, script)).sum())
                    .as("bytes of script, as they travel")
                    .isBetween(1, MOST_SCRIPT_BYTES);
            assertThat(asked).extracting(Request::url).allMatch(url -> url.startsWith(platform.url() + "/"));
            assertThat(problems).as("errors in the browser").isEmpty();
        }
    }

    private static int bytes(Page page, Request script) {
        return Visit.ofTheWorker(script)
                ? page.request().get(script.url()).body().length
                : script.sizes().responseBodySize;
    }

    private static void lengthen(Route route) {
        try {
            ObjectNode board = (ObjectNode) JSON.readTree(route.fetch().text());
            ArrayNode entries = (ArrayNode) board.path("entries");
            List<JsonNode> own =
                    IntStream.range(0, entries.size()).mapToObj(entries::get).toList();
            assertThat(own).as("entries of the board").isNotEmpty();
            entries.removeAll();
            for (int i = 0; i < ROWS; i++) {
                entries.add(((ObjectNode) own.get(i % own.size()).deepCopy())
                        .put("evaluation", new UUID(0, i).toString())
                        .put("model", "model " + i)
                        .put("rank", i + 1));
            }
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(JSON.writeValueAsString(board)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
