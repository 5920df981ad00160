package dev.trmarena.leaderboard.operate;

import dev.trmarena.db.board.ReadSolvers;
import dev.trmarena.db.board.SolverView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** Who solves. */
@Tag(name = "Operations")
@Path("/api/solvers")
public class SolverResource {
    private final Jdbi jdbi;

    SolverResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(
            operationId = "listSolvers",
            summary = "The solvers that were heard of within a day, those that live first")
    public List<SolverView> recent() {
        return jdbi.withHandle(ReadSolvers::recent);
    }
}
