package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.http.refuse.Refused;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jdbi.v3.core.Jdbi;

/** Evaluations with their progress and scores. */
@Path("/api/evaluations")
public class EvaluationResource {
    private static final int MOST = 500;

    private final Jdbi jdbi;

    EvaluationResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(summary = "The newest evaluations")
    public List<EvaluationView> newest(@QueryParam("limit") @DefaultValue("50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new Refused(400, "limit is " + limit, "a limit is from 1 to " + MOST);
        }
        return jdbi.withHandle(handle -> ReadEvaluations.newest(handle, limit));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One evaluation, whatever its state")
    public EvaluationView one(@PathParam("id") String id) {
        return jdbi.withHandle(handle -> Find.evaluation(handle, id));
    }
}
