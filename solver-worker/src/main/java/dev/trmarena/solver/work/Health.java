package dev.trmarena.solver.work;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** {@code GET /health}: 200 while the solver consumes, else 503. {@code GET /metrics}: its meters, for Prometheus. */
public final class Health implements AutoCloseable {
    private final HttpServer server;

    /** @param address the loopback one, unless whoever starts the solver says otherwise */
    public Health(InetSocketAddress address, SolveLoop loop) throws IOException {
        server = HttpServer.create(address, 0);
        server.createContext("/health", exchange -> {
            boolean ok = loop.consuming();
            answer(exchange, ok ? 200 : 503, "text/plain", ok ? "consuming\n" : "not consuming\n");
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
