package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.PublishedImports;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.score.PublishedResults;
import dev.trmarena.puzzles.score.PublishedResults.Result;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What others published: claims that stand beside the boards, never ranked among runs. */
@Tag(name = "Published results")
@Path("/api/published")
public class PublishedResource {
    private static final Logger LOG = Logger.getLogger(PublishedResource.class);

    private final Jdbi jdbi;

    PublishedResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(
            operationId = "listPublished",
            summary = "The results that others published, and when they were imported")
    public PublishedView all() {
        return jdbi.withHandle(PublishedResource::view);
    }

    @PUT
    @Path("{source}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "importPublished",
            summary =
                    "Puts all results of a source in the place of those that it has here; those before stay in its history")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PublishedRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "all published results as they are now; the same results once more change nothing",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PublishedView.class)))
    @APIResponse(responseCode = "400", description = "a result is none, or there twice; says which")
    @APIResponse(responseCode = "409", description = "there are as many other sources as there may be")
    public PublishedView put(
            @PathParam("source")
                    @Pattern(
                            regexp = "^(?=.*\\S)[^\\p{C}\\p{Zl}\\p{Zp}]{1,64}$",
                            message = "a source is named with 1 to 64 visible characters")
                    String source,
            PublishedRequest request) {
        List<Result> results =
                request.results().stream().map(row -> row.of(source)).toList();
        try {
            PublishedOn.ALL.with(results);
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    400, Quote.of(String.valueOf(e.getMessage())), "name each method once a benchmark and split");
        }
        return jdbi.inTransaction(handle -> {
            if (!PublishedImports.mayImport(handle, source)) {
                throw new Refusal(
                        409,
                        "there are results of " + PublishedImports.MOST_SOURCES + " other sources already",
                        "import them under the name of one of these");
            }
            if (PublishedImports.replace(handle, source, results)) {
                LOG.infof("%d published results of %s were imported", results.size(), source);
            }
            return view(handle);
        });
    }

    private static PublishedView view(Handle handle) {
        PublishedResults now = PublishedOn.ALL.with(PublishedImports.current(handle));
        return new PublishedView(now.label(), now.results(), PublishedImports.history(handle));
    }
}
