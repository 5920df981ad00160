package dev.trmarena.leaderboard.model;

import dev.trmarena.db.board.EvaluationLine;
import dev.trmarena.db.board.ReadModel;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.leaderboard.serve.Paging;
import dev.trmarena.limits.Quote;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The evaluations of a model. */
@Tag(name = "Models")
@Path("/api/models/{name}/evaluations")
public class ModelHistoryResource {
    private static final int BAD_REQUEST = 400;

    private final Jdbi jdbi;

    ModelHistoryResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(operationId = "listModelEvaluations", summary = "The evaluations of a model, newest first")
    @APIResponse(
            responseCode = "200",
            description = "a page of them",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ModelHistory.class)))
    @APIResponse(
            responseCode = "400",
            description = "the limit is out of bounds, or `after` is no evaluation of the model")
    @APIResponse(responseCode = "404", description = "nothing was ever evaluated under that name")
    public ModelHistory newest(
            @PathParam("name") String name,
            @Parameter(description = Paging.AFTER) @QueryParam("after") @Nullable String after,
            @Parameter(description = Paging.LIMIT)
                    @QueryParam("limit")
                    @DefaultValue(Paging.USUAL)
                    @Min(value = 1, message = Paging.LIMIT_IS)
                    @Max(value = Paging.MOST, message = Paging.LIMIT_IS)
                    int limit) {
        return jdbi.inTransaction(handle -> page(handle, name, after, limit));
    }

    private static ModelHistory page(Handle handle, String name, @Nullable String after, int limit) {
        ModelResource.totals(handle, name);
        UUID behind = after == null ? null : of(handle, name, after);
        // One more than asked for tells whether there is another page.
        List<EvaluationLine> found = ReadModel.evaluations(handle, name, behind, limit + 1);
        return new ModelHistory(Paging.page(found, limit), Paging.next(found, limit, EvaluationLine::id));
    }

    private static UUID of(Handle handle, String name, String after) {
        try {
            UUID id = UUID.fromString(after);
            if (ReadModel.has(handle, name, id)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Said below, like an id that is none of this model.
        }
        throw new Refusal(
                BAD_REQUEST,
                "'" + Quote.of(after) + "' is not the id of an evaluation of " + name,
                "`after` is the `next` of the page before; leave it out for the newest");
    }
}
