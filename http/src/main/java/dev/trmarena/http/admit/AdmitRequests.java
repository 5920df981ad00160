package dev.trmarena.http.admit;

import dev.trmarena.http.refuse.EarlyAnswer;
import dev.trmarena.http.refuse.Problem;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where every request comes in, whatever route it is for. What is not admitted is answered here, without a thread of the pool. */
@ApplicationScoped
class AdmitRequests {
    private static final Logger LOG = Logger.getLogger(AdmitRequests.class);

    /** Filters of higher priority come first; everything else of ours is a route. */
    private static final int FIRST = 1 << 20;

    private final AllowedHosts hosts;
    private final TrustedProxies proxies;
    private final SentFrom sentFrom;
    private final boolean relayed;

    /** @param relayed whether the other service alone is a proxy: it has looked at the way that a request came by */
    AdmitRequests(
            @ConfigProperty(name = "arena.http.hosts") Optional<List<String>> names,
            @ConfigProperty(name = "arena.http.proxies") Optional<List<String>> addresses,
            @ConfigProperty(name = "arena.http.relayed", defaultValue = "false") boolean relayed) {
        hosts = new AllowedHosts(names.orElse(List.of()));
        proxies = new TrustedProxies(addresses.orElse(List.of()));
        sentFrom = new SentFrom(hosts);
        this.relayed = relayed;
    }

    void filter(@Observes Filters filters) {
        filters.register(this::admit, FIRST);
    }

    void filter(@Observes ManagementInterface management) {
        management.router().route().order(-FIRST).handler(this::admit);
    }

    private void admit(RoutingContext context) {
        SafeHeaders.on(context);
        HttpServerRequest request = context.request();
        TrustedProxies.Way way = way(request);
        new Sender(way.client()).sends(context);
        Problem refused = refuses(request, way);
        if (refused == null) {
            context.next();
            return;
        }
        LOG.infof(
                "not admitted, %d, asked by %s: %s",
                refused.status(), way.client(), refused.title().replaceAll("\\p{Cntrl}", "?"));
        EarlyAnswer.send(request, refused);
    }

    private TrustedProxies.Way way(HttpServerRequest request) {
        TrustedProxies.Way way = proxies.of(address(request.remoteAddress()), request.headers());
        // The name that people ask by is handed on, too; it is none of this service's own.
        return relayed ? new TrustedProxies.Way(null, null, way.client()) : way;
    }

    /** @return null when it is admitted; the first reason that it is not */
    private @Nullable Problem refuses(HttpServerRequest request, TrustedProxies.Way way) {
        Problem refused = KnownMethods.refuses(request.method().name());
        String reached = address(request.localAddress());
        if (refused == null) {
            refused = hosts.refuses(names(request), reached);
        }
        // Beside the name in Host, not in its place: a page that makes a name of its own mean this machine can write
        // this header, too.
        if (refused == null && way.host() != null) {
            refused = hosts.refuses(List.of(way.host()), reached);
        }
        if (refused == null) {
            refused = sentFrom.refuses(request.method().name(), request.headers(), way);
        }
        if (refused == null) {
            refused = AddressText.refuses(request.path(), request.query());
        }
        return refused == null ? BodyTypes.refuses(request.path(), request.headers()) : refused;
    }

    /** HTTP/2, which the management port speaks where a client asks for it, has the name in a field of its own instead of a header. */
    private static List<String> names(HttpServerRequest request) {
        HostAndPort authority = request.version() == HttpVersion.HTTP_2 ? request.authority() : null;
        return authority == null ? request.headers().getAll("Host") : List.of(authority.toString());
    }

    private static @Nullable String address(@Nullable SocketAddress end) {
        return end == null ? null : end.hostAddress();
    }
}
