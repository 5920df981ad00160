package dev.trmarena.http.pace;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Sets, before the first connection comes, how long a head may take and how many connections an address may have. */
@ApplicationScoped
class SetConnectionLimits implements HttpServerOptionsCustomizer {
    /** Netty makes {@link ConnectionLimits} itself: it has no other way to them. */
    private static volatile WatchConnection.@Nullable Limits current;

    private final WatchConnection.Limits limits;

    /**
     * @param deadline of a head, from its first byte; of the first head of a connection, from the beginning of that
     * @param most connections of one address, of all that there may be ({@code quarkus.http.limits.max-connections})
     */
    SetConnectionLimits(
            @ConfigProperty(name = "arena.http.head-deadline", defaultValue = "20S") Duration deadline,
            @ConfigProperty(name = "arena.http.connections-of-one", defaultValue = "1000") int most) {
        this.limits = new WatchConnection.Limits(deadline, most);
    }

    static Optional<WatchConnection.Limits> current() {
        return Optional.ofNullable(current);
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
        current = limits;
    }
}
