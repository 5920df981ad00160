package dev.trmarena.leaderboard.model;

import dev.trmarena.db.board.ReadModel;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** A model by its name. */
@Tag(name = "Models")
@Path("/api/models/{name}")
public class ModelResource {
    private static final int MOST_CHECKPOINTS = 200;
    private static final int MOST_SCORES = 200;
    private static final int NOT_FOUND = 404;

    private final Jdbi jdbi;

    ModelResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(
            operationId = "getModel",
            summary = "What a name stands for: its checkpoints, who else has their weights, and its best scores")
    @APIResponse(
            responseCode = "200",
            description = "the model",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Model.class)))
    @APIResponse(responseCode = "404", description = "nothing was ever evaluated under that name")
    public Model one(@PathParam("name") String name) {
        // One snapshot: counts and lists are of the same moment.
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            ReadModel.Totals totals = totals(handle, name);
            return new Model(
                    name,
                    totals.evaluations(),
                    totals.checkpoints(),
                    totals.first(),
                    totals.last(),
                    ReadModel.checkpoints(handle, name, MOST_CHECKPOINTS),
                    ReadModel.best(handle, name, MOST_SCORES));
        });
    }

    /** @throws Refusal 404 for a name that nobody gave */
    static ReadModel.Totals totals(Handle handle, String name) {
        return ReadModel.totals(handle, name)
                .orElseThrow(() -> new Refusal(
                        NOT_FOUND,
                        "nothing was evaluated under the name '" + Quote.of(name) + "'",
                        "GET /api/evaluations lists the newest evaluations with the names of their models"));
    }
}
