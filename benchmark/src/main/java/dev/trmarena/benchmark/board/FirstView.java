package dev.trmarena.benchmark.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long it takes in a browser that was never there before until a leaderboard is painted, from the beginning of the
 * navigation. The set is one that {@link BoardLatency} has filled, on a running platform. See docs/benchmarks.md.
 */
@Command(name = "first-view", description = "Times the first view of a leaderboard in Chromium.", sortOptions = false)
public final class FirstView implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A frame with the rows in it has gone out when a message that was sent while it was drawn up is read. */
    private static final String WATCH = """
            (() => {
              const table = () => document.querySelectorAll('table.board[data-puzzle-set] tbody tr').length;
              window.arena = {};
              const when = (name) => requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => { window.arena[name] = performance.now(); };
                port2.postMessage(null);
              });
              let begun = false;
              const observer = new MutationObserver(() => {
                const rows = table();
                if (rows > 0 && !begun) { begun = true; when('first'); }
                if (rows >= %d) { observer.disconnect(); when('all'); }
              });
              observer.observe(document, { childList: true, subtree: true });
            })()""";

    private static final String READ = """
            window.arena?.all === undefined ? null : JSON.stringify({
              contentful: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
              answered: performance.getEntriesByType('resource')
                .find((each) => new URL(each.name).pathname.endsWith('/leaderboard'))?.responseEnd ?? null,
              first: window.arena.first,
              all: window.arena.all,
              bytes: performance.getEntriesByType('resource').reduce((sum, each) => sum + each.transferSize, 0),
            })""";

    @Option(names = "--url", defaultValue = "http://127.0.0.1:8097", description = "Of it (default: ${DEFAULT-VALUE}).")
    String url = "";

    @Option(names = "--set", required = true, description = "Name of the puzzle set.")
    String set = "";

    @Option(names = "--times", defaultValue = "5", description = "So often (default: ${DEFAULT-VALUE}).")
    int times;

    @Option(names = "--browser", defaultValue = "/usr/bin/chromium", description = "Default: ${DEFAULT-VALUE}.")
    Path executable = Path.of("");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    private FirstView() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new FirstView()).execute(args));
    }

    /**
     * @param contentfulMillis until anything stands there
     * @param answeredMillis until the board has come
     * @param firstMillis until some of its rows are painted
     * @param allMillis until all are
     */
    private record View(
            double contentfulMillis, double answeredMillis, double firstMillis, double allMillis, long bytes) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "something after %.0f ms, the board's answer %.0f ms, its first rows %.0f ms, all %.0f ms; %d bytes",
                    contentfulMillis,
                    answeredMillis,
                    firstMillis,
                    allMillis,
                    bytes);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int rows = rows();
        List<View> views = new ArrayList<>();
        try (var chromium = new Chromium(executable)) {
            for (int i = 0; i < times; i++) {
                View view = look(chromium, rows);
                views.add(view);
                System.out.println(view);
            }
        }
        System.out.println(rows + " rows, medians of " + times + ": "
                + new View(
                        median(views.stream().map(View::contentfulMillis)),
                        median(views.stream().map(View::answeredMillis)),
                        median(views.stream().map(View::firstMillis)),
                        median(views.stream().map(View::allMillis)),
                        Math.round(median(views.stream().map(view -> (double) view.bytes())))));
        return 0;
    }

    private int rows() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/puzzle-sets/" + part(set) + "/leaderboard"))
                .timeout(PATIENCE)
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        int rows = JSON.readTree(answer.body()).path("entries").size();
        if (answer.statusCode() != 200 || rows == 0) {
            throw new IOException(request.uri() + " answered " + answer.statusCode() + " with " + rows
                    + " entries; fill the set by BoardLatency first");
        }
        return rows;
    }

    /** In a context of its own, which has no cache yet. */
    private View look(Chromium chromium, int rows) throws IOException, InterruptedException {
        String context = chromium.ask(null, "Target.createBrowserContext", Map.of())
                .path("browserContextId")
                .asText();
        String target = chromium.ask(
                        null, "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .path("targetId")
                .asText();
        String page = chromium.ask(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        chromium.ask(page, "Page.enable", Map.of());
        chromium.ask(
                page,
                "Page.addScriptToEvaluateOnNewDocument",
                Map.of("source", String.format(Locale.ROOT, WATCH, rows)));
        chromium.ask(page, "Page.navigate", Map.of("url", url + "/sets/" + part(set)));
        JsonNode view = read(chromium, page);
        chromium.ask(null, "Target.disposeBrowserContext", Map.of("browserContextId", context));
        return new View(
                view.path("contentful").asDouble(),
                view.path("answered").asDouble(),
                view.path("first").asDouble(),
                view.path("all").asDouble(),
                view.path("bytes").asLong());
    }

    private static JsonNode read(Chromium chromium, String page) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            JsonNode said = chromium.ask(page, "Runtime.evaluate", Map.of("expression", READ, "returnByValue", true))
                    .path("result")
                    .path("value");
            if (said.isTextual()) {
                return JSON.readTree(said.asText());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throw new IOException("the rows did not come within " + PATIENCE);
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
