package dev.trmarena.http.admit;

import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** What every answer tells a browser, whoever made it: that of a resource, a file, a refusal, or one that was passed on. */
final class SafeHeaders {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin");

    private SafeHeaders() {}

    /** In the end: an answer that ingest gave and leaderboard-api passes on has them once. */
    static void on(RoutingContext context) {
        context.addHeadersEndHandler(ended ->
                HEADERS.forEach((name, value) -> context.response().headers().set(name, value)));
    }
}
