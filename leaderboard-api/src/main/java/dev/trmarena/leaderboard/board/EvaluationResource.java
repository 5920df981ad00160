package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.leaderboard.serve.Paging;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Evaluations with their progress and scores. */
@Tag(name = "Evaluations")
@Path("/api/evaluations")
public class EvaluationResource {
    private static final String ID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final String IDS = ID + "(?:," + ID + "){0,63}";
    private static final String IDS_ARE = "at most 64 ids of evaluations, separated by commas";

    private final Jdbi jdbi;

    EvaluationResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(operationId = "listEvaluations", summary = "The evaluations of every model, newest first")
    @APIResponse(
            responseCode = "200",
            description = "a page of them",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EvaluationPage.class)))
    @APIResponse(responseCode = "404", description = "`after` is no evaluation")
    public EvaluationPage newest(
            @Parameter(description = Paging.AFTER) @QueryParam("after") @Nullable String after,
            @Parameter(description = Paging.LIMIT)
                    @QueryParam("limit")
                    @DefaultValue(Paging.USUAL)
                    @Min(value = 1, message = Paging.LIMIT_IS)
                    @Max(value = Paging.MOST, message = Paging.LIMIT_IS)
                    int limit,
            @Parameter(
                            description = "only these, on one page whatever `limit` says: " + IDS_ARE
                                    + "; those that are not there are left out")
                    @QueryParam("ids")
                    @Pattern(regexp = IDS, message = "ids are " + IDS_ARE)
                    @Nullable
                    String ids) {
        if (ids != null) {
            List<UUID> named =
                    Stream.of(ids.split(",")).map(UUID::fromString).distinct().toList();
            return new EvaluationPage(jdbi.withHandle(handle -> ReadEvaluations.byIds(handle, named)), null);
        }
        List<EvaluationView> found = jdbi.withHandle(handle -> {
            UUID last = after == null ? null : Lookup.evaluation(handle, after).id();
            // One more than asked for tells whether there is another page.
            return ReadEvaluations.newest(handle, last, limit + 1);
        });
        return new EvaluationPage(Paging.page(found, limit), Paging.next(found, limit, EvaluationView::id));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getEvaluation", summary = "One evaluation, whatever its state")
    public EvaluationView one(@PathParam("id") String id) {
        return jdbi.withHandle(handle -> Lookup.evaluation(handle, id));
    }
}
