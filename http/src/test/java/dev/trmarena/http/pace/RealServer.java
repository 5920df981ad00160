package dev.trmarena.http.pace;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A server on the loopback address with the limits of the services on connections, and soon impatient. */
final class RealServer implements AutoCloseable {
    static final int MOST_CONNECTIONS = 20;
    private static final int PATIENCE_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final int port;

    /** @param options of the server, before the limits are set */
    RealServer(HttpServerOptions options, Handler<HttpServerRequest> answers) throws Exception {
        new SetConnectionLimits(Duration.ofSeconds(2), MOST_CONNECTIONS).customizeHttpServer(options);
        this.port = vertx.createHttpServer(options)
                .requestHandler(answers)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .actualPort();
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
