package dev.trmarena.leaderboard.download;

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

    SendPieces(DownloadPlaces places) {
        this.places = places;
    }

    /**
     * @param name of the file it is saved as
     * @param next the next piece; an empty one when there are no more. One thread at a time.
     * @throws dev.trmarena.http.refuse.Refusal 503 when too many downloads go on
     */
    RestMulti<byte[]> send(String name, HttpServerRequest request, Supplier<byte[]> next) {
        DownloadPlaces.Place place = places.take(() -> request.connection().close());
        Multi<byte[]> pieces = Multi.createBy()
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
                .invoke(place::leave);
        return RestMulti.fromMultiData(pieces)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }
}
