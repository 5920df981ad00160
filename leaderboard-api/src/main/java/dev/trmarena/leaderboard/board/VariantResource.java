package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.leaderboard.serve.Lookup;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** What else was made of the same weights. */
@Tag(name = "Evaluations")
@Path("/api/evaluations/{id}/variants")
public class VariantResource {
    private final Jdbi jdbi;

    VariantResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(
            operationId = "listVariants",
            summary =
                    "Evaluations of the same weights on the same puzzle set by other protocols or settings, newest first")
    public List<EvaluationView> variants(@PathParam("id") String id) {
        return jdbi.inTransaction(handle ->
                ReadEvaluations.variants(handle, Lookup.evaluation(handle, id).id()));
    }
}
