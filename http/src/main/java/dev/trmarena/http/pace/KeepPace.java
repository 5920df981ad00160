package dev.trmarena.http.pace;

import dev.trmarena.http.admit.BodyTypes;
import dev.trmarena.http.admit.Sender;
import dev.trmarena.http.refuse.EarlyAnswer;
import dev.trmarena.http.refuse.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request a place in its lane, or tells it to come back. A body of JSON has come before anything else happens: no thread, and no
 * connection to another service, waits for a sender. Bytes of files are read as they come, see {@code ingest}.
 */
@ApplicationScoped
public class KeepPace {
    private static final Logger LOG = Logger.getLogger(KeepPace.class);

    /** Behind the filter that admits requests. */
    private static final int SECOND = (1 << 20) - 1;

    private static final int TOO_SLOW = 408;

    private final ReadBody readBody;
    /** Of the request that is being routed, for the filter that sees it without its routing context. */
    private final ThreadLocal<@Nullable Place> entering = new ThreadLocal<>();

    private final Map<Lane, LanePlaces> lanes = new EnumMap<>(Lane.class);

    KeepPace(Vertx vertx, @ConfigProperty(name = "arena.http.body-deadline", defaultValue = "30S") Duration deadline) {
        this.readBody = new ReadBody(vertx, deadline);
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LanePlaces(lane));
        }
    }

    void filter(@Observes Filters filters) {
        filters.register(this::await, SECOND);
    }

    private void await(RoutingContext context) {
        HttpServerRequest request = context.request();
        Lane lane = Lane.of(request.method().name(), request.path(), request.headers());
        if (BodyTypes.hasBody(request.headers()) && lane != Lane.UPLOADS && !request.isEnded()) {
            readBody.whole(context, () -> enter(context, lane));
        } else {
            enter(context, lane);
        }
    }

    private void enter(RoutingContext context, @Nullable Lane lane) {
        // One that was routed anew has its place already.
        if (lane == null || context.get(Place.KEY) != null) {
            context.next();
            return;
        }
        LanePlaces places = Objects.requireNonNull(lanes.get(lane), "a lane without places");
        String sender = Sender.of(context).key();
        Problem full = places.take(sender);
        if (full != null) {
            LOG.infof(
                    "told to come back, %s: %s",
                    full.problem(), context.request().path());
            EarlyAnswer.send(context.request(), full);
            return;
        }
        Place place = new Place(() -> places.leave(sender));
        context.put(Place.KEY, place);
        context.addEndHandler(ended -> {
            place.leave();
            HttpServerRequest request = context.request();
            if (request.response().getStatusCode() == TOO_SLOW && !request.isEnded()) {
                // Nobody waits for the rest.
                request.connection().close();
            }
        });
        entering.set(place);
        try {
            context.next();
        } finally {
            entering.remove();
        }
    }

    /** On the thread that the request came by, before one of the pool gets it. */
    @ServerRequestFilter(nonBlocking = true)
    public void begins(ContainerRequestContext request) {
        Place place = entering.get();
        if (place != null) {
            place.work();
            request.setProperty(Place.KEY, place);
        }
    }

    /**
     * Of an answer that is sent piece by piece, which no response filter sees.
     *
     * @return to be run when no more pieces are made
     */
    public static Runnable inPieces(RoutingContext context) {
        return context.get(Place.KEY) instanceof Place place ? place::worked : () -> {};
    }

    /** Whatever came of it. */
    @ServerResponseFilter
    public void ends(ContainerRequestContext request) {
        if (request.getProperty(Place.KEY) instanceof Place place) {
            place.worked();
        }
    }
}
