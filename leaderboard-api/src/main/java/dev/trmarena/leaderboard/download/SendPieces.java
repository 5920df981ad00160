package dev.trmarena.leaderboard.download;

import dev.trmarena.http.pace.KeepPace;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Sends a file piece by piece. A piece is made when the one before has gone to the network; until then neither a thread nor a
 * connection to the database waits for the reader, however slow.
 */
@Singleton
class SendPieces {
    private static final Logger LOG = Logger.getLogger(SendPieces.class);

    private final DownloadPlaces places;
    private final CurrentVertxRequest current;

    SendPieces(DownloadPlaces places, CurrentVertxRequest current) {
        this.places = places;
        this.current = current;
    }

    /**
     * @param name of the file it is saved as
     * @param next the next piece; an empty one when there are no more. One thread at a time.
     * @throws dev.trmarena.http.refuse.Refusal 503 when too many downloads go on
     */
    RestMulti<byte[]> send(String name, HttpServerRequest request, Supplier<byte[]> next) {
        return RestMulti.fromMultiData(pieces(name, request, next))
                .header(HttpHeaders.CONTENT_DISPOSITION, attached(name))
                .build();
    }

    /** The same of one JSON value; between two pieces there may be space. */
    RestMulti<byte[]> sendJson(String name, HttpServerRequest request, Supplier<byte[]> next) {
        return RestMulti.fromMultiData(pieces(name, request, next))
                .encodeAsJsonArray(false)
                .header(HttpHeaders.CONTENT_DISPOSITION, attached(name))
                .build();
    }

    private static String attached(String name) {
        return "attachment; filename=\"" + name + "\"";
    }

    private Multi<byte[]> pieces(String name, HttpServerRequest request, Supplier<byte[]> next) {
        DownloadPlaces.Place place = places.take(() -> request.connection().close());
        Runnable done = KeepPace.inPieces(current.getCurrent());
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom()
                        .item(() -> {
                            place.goesOn();
                            return next.get();
                        })
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .until(piece -> piece.length == 0)
                .onFailure()
                .invoke(e -> LOG.errorf(e, "the download of %s broke off", name))
                .onTermination()
                .invoke(() -> {
                    place.leave();
                    done.run();
                });
    }
}
