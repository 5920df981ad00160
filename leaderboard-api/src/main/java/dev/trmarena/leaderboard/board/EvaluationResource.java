package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.leaderboard.serve.Lookup;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Evaluations with their progress and scores. */
@Path("/api/evaluations")
public class EvaluationResource {
    private static final int MOST = 500;

    private final Jdbi jdbi;

    EvaluationResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(
            summary =
                    "The newest evaluations; the header Link has the address of the next page, rel=next, if there is one")
    @APIResponse(
            responseCode = "200",
            description = "newest first",
            headers =
                    @Header(
                            name = HttpHeaders.LINK,
                            description = "RFC 8288",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = EvaluationView.class)))
    @APIResponse(responseCode = "404", description = "`after` is no evaluation")
    public RestResponse<List<EvaluationView>> newest(
            @Parameter(description = "id of the last evaluation of the page before") @QueryParam("after") @Nullable
                    String after,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new Refusal(400, "limit is " + limit, "a limit is from 1 to " + MOST);
        }
        List<EvaluationView> found = jdbi.withHandle(handle -> {
            UUID last = after == null ? null : Lookup.evaluation(handle, after).id();
            // One more than asked for tells whether there is another page.
            return ReadEvaluations.newest(handle, last, limit + 1);
        });
        if (found.size() <= limit) {
            return RestResponse.ok(found);
        }
        List<EvaluationView> page = found.subList(0, limit);
        String next = "</api/evaluations?limit=" + limit + "&after="
                + page.get(limit - 1).id() + ">; rel=\"next\"";
        return RestResponse.ResponseBuilder.ok(page)
                .header(HttpHeaders.LINK, next)
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One evaluation, whatever its state")
    public EvaluationView one(@PathParam("id") String id) {
        return jdbi.withHandle(handle -> Lookup.evaluation(handle, id));
    }
}
