package dev.trmarena.http.admit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What both services are held to, each by a test of its own, on a running one. */
public final class KeepsStrangersOut {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final List<String> operations = new ArrayList<>();
    private final List<String> routes = new ArrayList<>();
    /** {@code POST /api/evaluations 201}: an answer that the document tells of. */
    private final Set<String> documented = new HashSet<>();

    /** @param files addresses that no document names: of files, and of nothing */
    public KeepsStrangersOut(int port, String... files) throws IOException, InterruptedException {
        this.port = port;
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/q/openapi?format=json"))
                .build();
        JsonNode document = JSON.readTree(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    // What HEAD is answered has no body that could be looked at.
                    if (!method.equals("parameters") && !method.equals("head")) {
                        String route = method.toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replaceAll("\\{\\w+\\}", "none");
                        routes.add(route);
                        path.getValue()
                                .path(method)
                                .path("responses")
                                .fieldNames()
                                .forEachRemaining(status -> documented.add(route + " " + status));
                    }
                }));
        operations.addAll(routes);
        assertThat(operations).as("operations that the document knows").hasSizeGreaterThan(5);
        for (String file : files) {
            routes.add("GET " + file);
        }
    }

    /** Every operation, every file: a name that means this address by the will of somebody else opens none. */
    public void byAnotherName() throws IOException {
        for (String route : routes) {
            Stranger.asks(port, "", route + " HTTP/1.1", "Host: evil.example:" + port)
                    .isRefused(421);
            // No proxy was configured that would be believed what it was asked for.
            Stranger.asks(
                            port,
                            "",
                            route + " HTTP/1.1",
                            "Host: evil.example:" + port,
                            "X-Forwarded-Host: localhost:" + port,
                            "Forwarded: host=localhost")
                    .isRefused(421);
            Stranger.asks(port, "", route + " HTTP/1.1", "Host: localhost", "Host: evil.example")
                    .isRefused(400);
        }
    }

    /** Whatever changes something, sent by a page of somebody else's. */
    public void fromAnotherPage() throws IOException {
        for (String route : writing()) {
            for (String from : List.of(
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Site: same-site",
                    "Origin: https://evil.example",
                    "Origin: http://localhost:1",
                    "Origin: null")) {
                Stranger.asks(port, "", route + " HTTP/1.1", from, "Content-Type: application/json")
                        .isRefused(403);
            }
            Stranger.asks(
                            port,
                            "",
                            route + " HTTP/1.1",
                            "Origin: https://evil.example",
                            "X-Forwarded-Host: evil.example",
                            "X-Forwarded-Proto: https")
                    .isRefused(403);
        }
    }

    /** Whatever changes something, in a form that any page can send without asking. */
    public void inAForm() throws IOException {
        for (String route : writing()) {
            for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
                Stranger.asks(port, "{}", route + " HTTP/1.1", "Content-Type: " + type)
                        .isRefused(415);
            }
            Stranger.asks(port, "{}", route + " HTTP/1.1").isRefused(415);
        }
    }

    /** And who is none comes in: our page, a person by hand, a program. */
    public void andNobodyElse() throws IOException {
        for (String route : writing()) {
            String type = "Content-Type: "
                    + (route.contains("/api/uploads") ? "application/offset+octet-stream" : "application/json");
            for (String from : List.of(
                    "Sec-Fetch-Site: same-origin",
                    "Sec-Fetch-Site: none",
                    "Origin: http://localhost:" + port,
                    "X-Forwarded-Host: evil.example",
                    "Accept: */*")) {
                assertThat(Stranger.asks(port, "{}", route + " HTTP/1.1", "Host: localhost:" + port, from, type)
                                .isSafe()
                                .status())
                        .as("%s, %s", route, from)
                        .isNotIn(403, 415, 421, 500);
            }
        }
    }

    /** Addresses that are no text, or endless, and methods that somebody made up. */
    public void withNonsense() throws IOException {
        for (String route : routes) {
            for (String part : List.of("%00", "%ED%A0%80", "%FF", "x".repeat(256))) {
                Stranger.asks(port, "", route.replaceAll("none|$", part) + " HTTP/1.1")
                        .isRefused(400);
            }
            // What is no percent sign with digits the framework itself does not read.
            Stranger.asks(port, "", route + "% HTTP/1.1").isNot(200);
            Stranger.asks(port, "", route + "?after=%00 HTTP/1.1").isRefused(400);
            Stranger.asks(port, "", route.replaceAll("^\\w+", "INVENTED") + " HTTP/1.1")
                    .isRefused(501);
        }
    }

    /** Nobody is answered in HTTP/2 over clear text. */
    public void inAnotherProtocol() throws IOException {
        var upgraded = Stranger.asks(
                port,
                "",
                "GET /q/openapi HTTP/1.1",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__");
        assertThat(upgraded.status()).isEqualTo(200);
        try (Stranger stranger = Stranger.at(port)) {
            stranger.says("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
            assertThat(stranger.hears().status()).isGreaterThanOrEqualTo(400);
        }
    }

    /** What an answer tells a browser does not depend on who made it. */
    public void andTellsBrowsersSo() throws IOException {
        for (String route : routes) {
            Stranger.asks(port, "", route + " HTTP/1.1").isSafe();
        }
        Stranger.asks(port, "{", "POST /api/nothing HTTP/1.1", "Content-Type: application/json")
                .isSafe();
    }

    /** Whoever reads the document knows of it. */
    public void asIsDocumented() {
        assertThat(operations.stream().map(route -> route + " 421")).isSubsetOf(documented);
        for (String status : List.of("403", "415")) {
            assertThat(writing().stream().map(route -> route + " " + status)).isSubsetOf(documented);
        }
    }

    private List<String> writing() {
        List<String> writing = routes.stream()
                .filter(route -> !route.startsWith("GET ") && !route.startsWith("OPTIONS "))
                .toList();
        assertThat(writing).isNotEmpty();
        return writing;
    }
}
