package dev.trmarena.solver.work;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code GET /health}: 200 while the solver consumes and everything in it gets on, else 503 with the reason; whether the broker
 * answers is no part of it. {@code GET /metrics}: its meters, for Prometheus.
 */
public final class Health implements AutoCloseable {
    private final HttpServer server;

    /** @param address the loopback one, unless whoever starts the solver says otherwise */
    public Health(InetSocketAddress address, SolveLoop loop) throws IOException {
        server = HttpServer.create(address, 0);
        server.createContext("/health", exchange -> {
            List<String> troubles = loop.troubles();
            boolean ok = loop.consuming() && troubles.isEmpty();
            String words = troubles.isEmpty() ? "not consuming" : String.join("\n", troubles);
            answer(exchange, ok ? 200 : 503, "text/plain", (ok ? "consuming" : words) + "\n");
        });
        server.createContext(
                "/metrics",
                exchange -> answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", loop.meters()));
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
