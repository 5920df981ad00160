package dev.trmarena.leaderboard.operate;

import dev.trmarena.db.board.HistoryView;
import dev.trmarena.db.board.ReadHistory;
import dev.trmarena.leaderboard.serve.Lookup;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** What happened to an evaluation. */
@Tag(name = "Operations")
@Path("/api/evaluations/{id}/history")
public class HistoryResource {
    private final Jdbi jdbi;

    HistoryResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(
            operationId = "getHistory",
            summary = "What happened to an evaluation, and the deliveries of its units that failed")
    public HistoryView history(@PathParam("id") String id) {
        return jdbi.withHandle(
                handle -> ReadHistory.of(handle, Lookup.evaluation(handle, id).id()));
    }
}
