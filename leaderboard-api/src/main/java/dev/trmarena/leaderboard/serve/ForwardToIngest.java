package dev.trmarena.leaderboard.serve;

import dev.trmarena.http.admit.Sender;
import dev.trmarena.http.pace.Lane;
import dev.trmarena.http.refuse.EarlyAnswer;
import dev.trmarena.http.refuse.Problem;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what is sent in. Streamed both ways: an upload of gigabytes is never held here. Each kind of request has connections of its
 * own, as many as its lane has places: commands wait for no upload.
 */
@ApplicationScoped
class ForwardToIngest {
    private static final Logger LOG = Logger.getLogger(ForwardToIngest.class);
    private static final String[] PATHS = {
        "/api/uploads",
        "/api/fetches",
        "/api/inspections",
        "/api/puzzle-sets",
        "/api/evaluations",
        "/api/evaluations/:id/:command",
        "/api/evaluations/:id/tasks/:task/replay"
    };
    private static final String[] REMOVED = {
        "/api/fetches/:id",
        "/api/evaluations/:id",
        "/api/models/:name",
        "/api/checkpoints/:digest",
        "/api/puzzle-sets/:name"
    };

    /** How long nothing may be heard: the last piece of gigabytes is hashed, and a checkpoint is read through, before there is an answer. */
    private static final Map<Lane, Duration> SILENCE = Map.of(
            Lane.UPLOADS, Duration.ofMinutes(10),
            Lane.WORK, Duration.ofMinutes(60),
            Lane.COMMANDS, Duration.ofMinutes(1),
            Lane.READS, Duration.ofMinutes(10));

    private static final int CHUNK = 1 << 16;
    private static final int CONNECT_MILLIS = 3000;

    private final HostAndPort ingest;
    private final Map<Lane, HttpClient> clients = new EnumMap<>(Lane.class);

    ForwardToIngest(Vertx vertx, @ConfigProperty(name = "arena.ingest.url") URI url) {
        ingest = HostAndPort.create(url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
        SILENCE.forEach((lane, silence) -> clients.put(
                lane,
                vertx.createHttpClient(new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setIdleTimeout((int) silence.toSeconds())
                        .setMaxChunkSize(CHUNK)
                        .setMaxPoolSize(lane.most()))));
    }

    void route(@Observes Router router) {
        for (String path : PATHS) {
            router.post(path).handler(this::forward);
        }
        for (String path : REMOVED) {
            router.delete(path).handler(this::forward);
        }
        router.get("/api/fetches/:id").handler(this::forward);
        router.options("/api/uploads").handler(this::forward);
        router.route("/api/uploads/:id")
                .method(HttpMethod.HEAD)
                .method(HttpMethod.GET)
                .method(HttpMethod.PATCH)
                .method(HttpMethod.DELETE)
                .handler(this::forward);
    }

    private void forward(RoutingContext context) {
        HttpServerRequest request = context.request();
        Lane lane = Lane.of(request.method().name(), request.path(), request.headers());
        HttpProxy.reverseProxy(Objects.requireNonNull(clients.get(lane), "a request without a lane"))
                .origin(ingest.port(), ingest.host())
                .addInterceptor(new AnswerWhenAway())
                .addInterceptor(
                        new InOurName(ingest, Sender.of(context), context.body().buffer()))
                .handle(request);
    }

    /**
     * It is called what it is called there, by us: that a page of ours, or no page, sent this was seen to here, and so was whom it comes
     * from, whatever it says itself.
     */
    private static final class InOurName implements ProxyInterceptor {
        private static final List<String> FORWARDED = List.of(
                "Forwarded",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Port",
                "X-Forwarded-Prefix",
                "X-Forwarded-Proto");

        private final HostAndPort ingest;
        private final Sender sender;
        private final @Nullable Buffer body;

        /** @param body when it has come already */
        InOurName(HostAndPort ingest, Sender sender, @Nullable Buffer body) {
            this.ingest = ingest;
            this.sender = sender;
            this.body = body;
        }

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            MultiMap headers = context.request().setAuthority(ingest).headers();
            headers.remove("Origin").remove("Sec-Fetch-Site");
            FORWARDED.forEach(headers::remove);
            headers.set("X-Forwarded-For", sender.address());
            if (body != null) {
                context.request().setBody(Body.body(body));
            }
            return context.sendRequest();
        }
    }

    /** Instead of a bare 502. */
    private static final class AnswerWhenAway implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            return context.sendRequest().recover(cause -> {
                LOG.warnf("ingest does not answer: %s", cause.getMessage());
                Problem problem = Problem.of(
                        503, null, null, "the part that takes submissions in is not there", "try again in a moment");
                return Future.succeededFuture(context.request()
                        .release()
                        .response()
                        .setStatusCode(problem.status())
                        .putHeader("Content-Type", Problem.MEDIA_TYPE)
                        .putHeader("Retry-After", EarlyAnswer.RETRY_AFTER_SECONDS)
                        .setBody(Body.body(EarlyAnswer.json(problem))));
            });
        }
    }
}
