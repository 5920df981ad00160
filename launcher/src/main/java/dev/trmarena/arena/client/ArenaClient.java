package dev.trmarena.arena.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.arena.ArenaProblem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A running platform, over its HTTP API. Every failure is an {@link ArenaProblem}. */
public final class ArenaClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration READ_PATIENCE = Duration.ofSeconds(60);
    /** Checking an upload of gigabytes takes its time. */
    private static final Duration WRITE_PATIENCE = Duration.ofMinutes(60);

    private final String base;
    private final @Nullable Token token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // A redirect could carry the token to somebody else.
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** @param url of the platform, like {@code http://localhost:8080} */
    public ArenaClient(String url, @Nullable Token token) {
        this.base = checked(url);
        this.token = token;
    }

    private static String checked(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return url.replaceFirst("/+$", "");
            }
        } catch (IllegalArgumentException e) {
            // The same answer as for one that parses and is still none.
        }
        throw new ArenaProblem("`" + url + "` is not the address of a platform", "write it like http://localhost:8080");
    }

    public String url() {
        return base;
    }

    /** One name as a part of a path. */
    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public JsonNode get(String path) throws InterruptedException {
        return json(request(path).timeout(READ_PATIENCE).GET().build());
    }

    public JsonNode post(String path, JsonNode body) throws InterruptedException {
        return json(write("POST", path, body));
    }

    public JsonNode put(String path, JsonNode body) throws InterruptedException {
        return json(write("PUT", path, body));
    }

    private HttpRequest write(String method, String path, JsonNode body) {
        return request(path)
                .timeout(WRITE_PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString()))
                .build();
    }

    /**
     * Streams a file to the platform; goes on where it stopped when the connection breaks.
     *
     * @param name what the platform calls the file in its messages
     * @param sent gets the number of bytes sent so far
     * @return the id of the upload
     */
    public String upload(Path file, String name, LongConsumer sent) throws InterruptedException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new FileNotFoundException(file.toString());
            }
            return new UploadFile(this, file, name, sent).send();
        } catch (IOException e) {
            throw caused(new ArenaProblem("there is no such file", file.toString(), null, null, "check the path"), e);
        }
    }

    /**
     * Makes something of uploads. When the platform refuses to, they are forgotten there: nobody is going to name them again.
     *
     * @param uploads their ids
     */
    JsonNode postUsing(String path, JsonNode body, Collection<String> uploads) throws InterruptedException {
        HttpRequest request = write("POST", path, body);
        try {
            HttpResponse<String> answer = exchange(request);
            if (answer.statusCode() / 100 == 4) {
                for (String upload : uploads) {
                    exchange(request("/api/uploads/" + segment(upload)).DELETE().build());
                }
            }
            return json(request, answer);
        } catch (IOException e) {
            throw unreachable("POST " + path, e);
        }
    }

    /**
     * Opens a stream of server-sent events.
     *
     * @return its lines; the caller closes the stream
     * @throws IOException when the platform cannot be reached: the caller may try again
     * @throws Troubled when it answers that it cannot do this at the moment: likewise
     */
    Stream<String> eventLines(String path) throws IOException, InterruptedException {
        HttpRequest request =
                request(path).setHeader("Accept", "text/event-stream").GET().build();
        HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            try (Stream<String> lines = response.body()) {
                String body = String.join("\n", lines.toList());
                ArenaProblem problem = ServerProblem.of("GET " + path, response.statusCode(), body);
                if (response.statusCode() >= 500) {
                    throw new Troubled(problem);
                }
                throw problem;
            }
        }
        return response.body();
    }

    /** The platform is there, but a part of it is not: its database starts, or the service itself. */
    static final class Troubled extends IOException {
        private static final long serialVersionUID = 1L;

        private final ArenaProblem problem;

        private Troubled(ArenaProblem problem) {
            super(problem.getMessage(), problem);
            this.problem = problem;
        }

        ArenaProblem problem() {
            return problem;
        }
    }

    HttpRequest.Builder request(String path) {
        var builder = HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "application/json");
        if (token != null) {
            builder.header("Authorization", token.header());
        }
        return builder;
    }

    /** The answer, whatever its status. */
    HttpResponse<String> exchange(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    private JsonNode json(HttpRequest request) throws InterruptedException {
        try {
            return json(request, exchange(request));
        } catch (IOException e) {
            throw unreachable(request.method() + " " + request.uri().getPath(), e);
        }
    }

    private JsonNode json(HttpRequest request, HttpResponse<String> answer) {
        String what = request.method() + " " + request.uri().getPath();
        if (answer.statusCode() / 100 != 2) {
            throw ServerProblem.of(what, answer.statusCode(), answer.body());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw caused(
                    new ArenaProblem(
                            "the answer to " + what + " is not JSON",
                            null,
                            base,
                            e.getOriginalMessage(),
                            "is " + base + " a trm-arena?"),
                    e);
        }
    }

    ArenaProblem unreachable(String what, IOException e) {
        if (e instanceof ConnectException || e instanceof HttpConnectTimeoutException) {
            return caused(
                    new ArenaProblem(
                            "no platform answers at " + base,
                            "start one with ./arena up, or name another one with --url or ARENA_URL"),
                    e);
        }
        if (e instanceof HttpTimeoutException) {
            return caused(
                    new ArenaProblem(base + " did not answer " + what + " in time", "look at the logs of the platform"),
                    e);
        }
        return caused(
                new ArenaProblem(
                        "the connection to " + base + " broke during " + what,
                        null,
                        null,
                        e.getMessage(),
                        "try again; if it stays, look at the logs of the platform"),
                e);
    }

    private static ArenaProblem caused(ArenaProblem problem, Exception cause) {
        problem.initCause(cause);
        return problem;
    }
}
