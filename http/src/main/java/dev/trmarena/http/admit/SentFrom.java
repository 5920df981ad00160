package dev.trmarena.http.admit;

import dev.trmarena.http.refuse.Problem;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose page a browser sends a request for. A page of somebody else's can make the browser of whoever looks at it send what it likes;
 * only what this platform's own page sends, or a person by hand, may change anything. Programs that are no browsers say nothing of it.
 */
final class SentFrom {
    private static final int FORBIDDEN = 403;

    /** Methods of requests that change nothing. */
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private static final String SITE = "Sec-Fetch-Site";

    private final AllowedHosts hosts;

    SentFrom(AllowedHosts hosts) {
        this.hosts = hosts;
    }

    /** @param way on which it came @return null when it may be sent from there */
    @Nullable
    Problem refuses(String method, MultiMap headers, TrustedProxies.Way way) {
        if (READING.contains(method)) {
            return null;
        }
        List<String> sites = headers.getAll(SITE);
        if (!sites.isEmpty()) {
            return sites.stream().allMatch(site -> site.equals("same-origin") || site.equals("none"))
                    ? null
                    : refused(SITE, "the browser says that a page of another site sends this");
        }
        String host = way.host() == null ? headers.get("Host") : way.host();
        return headers.getAll("Origin").stream().allMatch(origin -> isOurs(origin, host, way.scheme()))
                ? null
                : refused("Origin", "a page of another address sends this");
    }

    /** @param scheme that our own page has; null when that is not known, behind something that speaks TLS and is not believed */
    private boolean isOurs(String origin, @Nullable String host, @Nullable String scheme) {
        int at = origin.indexOf("://");
        if (at < 0) {
            // "null": a page that hides where it is from.
            return false;
        }
        if (scheme != null && !origin.substring(0, at).equalsIgnoreCase(scheme)) {
            return false;
        }
        String authority = origin.substring(at + 3);
        return authority.equalsIgnoreCase(host) || hosts.isConfigured(AllowedHosts.name(authority));
    }

    private static Problem refused(String header, String problem) {
        return Problem.of(
                FORBIDDEN,
                null,
                header,
                problem,
                "use the page of the platform itself, or ./arena; whoever runs it can allow the name of another page with"
                        + " arena.http.hosts (ARENA_HTTP_HOSTS=name,name)");
    }
}
