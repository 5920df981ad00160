package dev.trmarena.leaderboard.live;

import dev.trmarena.db.board.EvaluationView;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Live events of all evaluations. */
@Tag(name = "Live events")
@Path("/api/events")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Blocking
public class AllEventsResource {
    private final EvaluationEvents events;

    AllEventsResource(EvaluationEvents events) {
        this.events = events;
    }

    @GET
    @Operation(operationId = "followEvaluations", summary = "Every evaluation that changes, as it changes")
    @APIResponse(
            responseCode = "200",
            description = "events named " + EvaluationEvents.NAME + ", each with one of these",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = EvaluationView.class)))
    @APIResponse(responseCode = "503", description = EvaluationEvents.TOO_MANY)
    public Multi<OutboundSseEvent> all(@Context Sse sse, @Context HttpServerRequest request) {
        return events.ofAll(sse, request);
    }
}
