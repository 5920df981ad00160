package dev.trmarena.http.admit;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** What every answer tells a browser, whoever made it: that of a resource, a file, a refusal, or one that was passed on. */
final class SafeHeaders {
    private static final String POLICY = "Content-Security-Policy";

    /** Pages that others may show in a frame of theirs: nothing can be asked of the platform there, so no click can be stolen. */
    private static final String EMBEDDED = "/embed/";

    private static final String FRAMED_BY_NOBODY = policy("'none'");
    private static final String FRAMED_BY_ANYBODY = policy("*");

    private static final Map<String, String> HEADERS =
            Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy", "same-origin");

    private SafeHeaders() {}

    /** In the end: an answer that ingest gave and leaderboard-api passes on has them once. */
    static void on(RoutingContext context) {
        String policy = isEmbedded(context) ? FRAMED_BY_ANYBODY : FRAMED_BY_NOBODY;
        context.addHeadersEndHandler(ended -> {
            MultiMap headers = context.response().headers();
            headers.set(POLICY, policy);
            HEADERS.forEach(headers::set);
        });
    }

    /** As it was written and as it is routed: a browser may see dots in a path where no router does, and the other way round. */
    private static boolean isEmbedded(RoutingContext context) {
        String path = context.request().path();
        return path != null
                && path.startsWith(EMBEDDED)
                && context.normalizedPath().startsWith(EMBEDDED);
    }

    private static String policy(String frames) {
        return "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors " + frames
                + "; form-action 'self'";
    }
}
