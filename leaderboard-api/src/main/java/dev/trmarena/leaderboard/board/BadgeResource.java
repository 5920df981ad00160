package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.leaderboard.serve.TagAnswers;
import dev.trmarena.messages.EvaluationState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** The score of an evaluation as a picture to show elsewhere. */
@Tag(name = "Downloads")
@Path("/api/evaluations/{id}/badge.svg")
public class BadgeResource {
    /** Of a score that is there, and of one that comes. A score may be removed: nobody shows it for longer than this. */
    private static final int FINISHED_SECONDS = 300;

    private static final int SECONDS = 30;

    private final Jdbi jdbi;

    BadgeResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(
            operationId = "getBadge",
            summary = "A badge (SVG): puzzle set, metric and score, or the state before there is a score")
    @APIResponse(responseCode = "200", description = "the badge", content = @Content(mediaType = "image/svg+xml"))
    @APIResponse(responseCode = "304", description = "the one that the ETag is of")
    public Response badge(@PathParam("id") String id, @Context Request request) {
        EvaluationView evaluation = jdbi.withHandle(handle -> Lookup.evaluation(handle, id));
        int seconds = evaluation.state() == EvaluationState.FINISHED ? FINISHED_SECONDS : SECONDS;
        String badge = Badge.of(evaluation);
        EntityTag tag = TagAnswers.of(badge.getBytes(StandardCharsets.UTF_8));
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged == null ? Response.ok(badge, "image/svg+xml;charset=utf-8") : unchanged)
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + seconds)
                .build();
    }
}
