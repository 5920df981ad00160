package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.ReadAgreements;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.leaderboard.serve.Lookup;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jdbi.v3.core.Jdbi;

/** The attempts at the same thing: one checkpoint on one set by one protocol. */
@Path("/api/evaluations/{id}/attempts")
public class AttemptResource {
    private final Jdbi jdbi;

    AttemptResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(summary = "All attempts at what this evaluation is one of, and whether they agree example by example")
    public Attempts attempts(@PathParam("id") String id) {
        return jdbi.withHandle(handle -> {
            UUID evaluation = Lookup.evaluation(handle, id).id();
            return new Attempts(ReadEvaluations.attempts(handle, evaluation), ReadAgreements.of(handle, evaluation));
        });
    }
}
