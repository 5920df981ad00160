package dev.trmarena.arena.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi.Answer;
import feign.ExceptionPropagationPolicy;
import feign.Feign;
import feign.Request;
import feign.Request.HttpMethod;
import feign.Response;
import feign.RetryableException;
import feign.Retryer;
import feign.Util;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
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
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final Duration READ_PATIENCE = Duration.ofSeconds(60);
    /** Checking an upload of gigabytes takes its time. */
    private static final Duration WRITE_PATIENCE = Duration.ofMinutes(60);

    private final String base;
    private final @Nullable Token token;
    private final ArenaApi api;
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
        this.api = Feign.builder()
                .contract(new NamesAsTheyAre())
                .client(this::execute)
                .retryer(Retryer.NEVER_RETRY)
                .exceptionPropagationPolicy(ExceptionPropagationPolicy.UNWRAP)
                .encoder((body, type, request) ->
                        request.body(JSON.valueToTree(body).toString()))
                .responseInterceptor((context, chain) -> answer(context.response(), context.returnType()))
                .target(ArenaApi.class, base);
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

    public ArenaApi api() {
        return api;
    }

    /** Text as a part of an address. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
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

    /** Forgets uploads when the platform refused to make something of them: nobody is going to name them again. */
    void forget(Collection<String> uploads, ServerProblem problem) throws InterruptedException {
        if (!problem.isRefusal()) {
            return;
        }
        try {
            for (String upload : uploads) {
                api.deleteUpload(upload);
            }
        } catch (ArenaProblem e) {
            // They expire; what was refused, and why, is the news.
            problem.addSuppressed(e);
        }
    }

    /**
     * Opens a stream of server-sent events.
     *
     * @return its lines; the caller closes the stream
     * @throws IOException when the platform cannot be reached: the caller may try again
     * @throws ServerProblem when it answers that it cannot do this
     */
    Stream<String> eventLines(String path) throws IOException, InterruptedException {
        HttpRequest request =
                request(path).setHeader("Accept", "text/event-stream").GET().build();
        HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            try (Stream<String> lines = response.body()) {
                String body = String.join("\n", lines.toList());
                throw ServerProblem.of("GET " + path, response.statusCode(), body);
            }
        }
        return response.body();
    }

    /** What is no JSON for this program: handed on as the platform says it. @param path in front of which its address is put */
    public String text(String path) throws InterruptedException {
        try {
            HttpResponse<String> answer = exchange(request(path)
                    .setHeader("Accept", "*/*")
                    .timeout(READ_PATIENCE)
                    .GET()
                    .build());
            if (answer.statusCode() != 200) {
                throw ServerProblem.of("GET " + path, answer.statusCode(), answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw unreachable("GET " + path, e);
        }
    }

    HttpRequest.Builder request(String path) {
        return to(URI.create(base + path));
    }

    private HttpRequest.Builder to(URI address) {
        var builder = HttpRequest.newBuilder(address).header("Accept", "application/json");
        if (token != null) {
            builder.header("Authorization", token.header());
        }
        return builder;
    }

    /** The answer, whatever its status. */
    HttpResponse<String> exchange(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    /** In place of a client of Feign's, which would follow redirects and know one limit of time. */
    private Response execute(Request asked, Request.Options unused) {
        byte[] body = asked.body();
        HttpRequest.Builder request = to(URI.create(asked.url()))
                .timeout(asked.httpMethod() == HttpMethod.GET ? READ_PATIENCE : WRITE_PATIENCE)
                .method(
                        asked.httpMethod().name(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> answer = exchange(request.build());
            return Response.builder()
                    .request(asked)
                    .status(answer.statusCode())
                    .body(answer.body(), StandardCharsets.UTF_8)
                    .build();
        } catch (IOException e) {
            throw unreachable(what(asked), e);
        } catch (InterruptedException e) {
            // Unwrapped again by Feign.
            throw new RetryableException(0, "interrupted", asked.httpMethod(), e, (Long) null, asked);
        }
    }

    private @Nullable Answer<?> answer(Response response, Type type) throws IOException {
        String what = what(response.request());
        String body = Util.toString(response.body().asReader(StandardCharsets.UTF_8));
        if (response.status() / 100 != 2) {
            throw ServerProblem.of(what, response.status(), body);
        }
        if (type == void.class) {
            return null;
        }
        try {
            return read(body, ((ParameterizedType) type).getActualTypeArguments()[0]);
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

    private static String what(Request request) {
        return request.httpMethod() + " " + URI.create(request.url()).getPath();
    }

    /** @throws JsonProcessingException when it is not JSON of this type */
    static <T> Answer<T> read(String json, Type type) throws JsonProcessingException {
        return new Answer<>(json, JSON.readValue(json, JSON.constructType(type)));
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
