package dev.trmarena.leaderboard.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.http.refuse.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.proxy.handler.ProxyHandler;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Passes on what is sent in. Streamed both ways: an upload of gigabytes is never held here.
 */
@ApplicationScoped
class ForwardToIngest {
    private static final Logger LOG = Logger.getLogger(ForwardToIngest.class);
    private static final String[] PATHS = {
        "/api/uploads",
        "/api/inspections",
        "/api/puzzle-sets",
        "/api/evaluations",
        "/api/evaluations/:id/:command",
        "/api/evaluations/:id/tasks/:task/replay"
    };
    private static final String[] REMOVED = {
        "/api/evaluations/:id", "/api/models/:name", "/api/checkpoints/:digest", "/api/puzzle-sets/:name"
    };
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHUNK = 1 << 16;

    private final Vertx vertx;
    private final URI ingest;

    ForwardToIngest(Vertx vertx, @ConfigProperty(name = "arena.ingest.url") URI ingest) {
        this.vertx = vertx;
        this.ingest = ingest;
    }

    void route(@Observes Router router) {
        var options = new HttpClientOptions()
                .setDefaultHost(ingest.getHost())
                .setDefaultPort(ingest.getPort() < 0 ? 80 : ingest.getPort())
                .setConnectTimeout(3000)
                .setMaxChunkSize(CHUNK)
                .setMaxPoolSize(64);
        HttpProxy proxy = HttpProxy.reverseProxy(vertx.createHttpClient(options))
                .origin(options.getDefaultPort(), options.getDefaultHost())
                .addInterceptor(new AnswerWhenAway());
        for (String path : PATHS) {
            router.post(path).handler(ProxyHandler.create(proxy));
        }
        for (String path : REMOVED) {
            router.delete(path).handler(ProxyHandler.create(proxy));
        }
        router.options("/api/uploads").handler(ProxyHandler.create(proxy));
        router.route("/api/uploads/:id")
                .method(HttpMethod.HEAD)
                .method(HttpMethod.GET)
                .method(HttpMethod.PATCH)
                .method(HttpMethod.DELETE)
                .handler(ProxyHandler.create(proxy));
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
                        .putHeader("Retry-After", "2")
                        .setBody(Body.body(Buffer.buffer(json(problem)))));
            });
        }

        private static byte[] json(Problem problem) {
            try {
                return JSON.writeValueAsBytes(problem);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("cannot write a problem as JSON", e);
            }
        }
    }
}
