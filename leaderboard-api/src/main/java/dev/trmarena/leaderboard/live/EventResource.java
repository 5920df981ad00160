package dev.trmarena.leaderboard.live;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.leaderboard.serve.Lookup;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** Live events of one evaluation. A resource of its own: JAX-RS looks for a path in one class only. */
@Tag(name = "Live events")
@Path("/api/evaluations/{id}/events")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Blocking
public class EventResource {
    private final Jdbi jdbi;
    private final EvaluationEvents events;

    EventResource(Jdbi jdbi, EvaluationEvents events) {
        this.jdbi = jdbi;
        this.events = events;
    }

    @GET
    @Operation(
            operationId = "followEvaluation",
            summary = "One evaluation: as it is now, whenever it changes, until it is over")
    @APIResponse(
            responseCode = "200",
            description = "events named " + EvaluationEvents.NAME + ", each with one of these",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = EvaluationView.class)))
    @APIResponse(responseCode = "503", description = EvaluationEvents.TOO_MANY)
    public Multi<OutboundSseEvent> one(
            @PathParam("id") String id, @Context Sse sse, @Context HttpServerRequest request) {
        Supplier<EvaluationView> now = () -> jdbi.withHandle(handle -> Lookup.evaluation(handle, id));
        return events.ofOne(now.get().id(), now, sse, request);
    }
}
