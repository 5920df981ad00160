package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.ReadAgreements;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.leaderboard.serve.Lookup;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** The repeats of an evaluation: one checkpoint on one set by one protocol. */
@Tag(name = "Evaluations")
@Path("/api/evaluations/{id}/repeats")
public class RepeatResource {
    private final Jdbi jdbi;

    RepeatResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(
            operationId = "listRepeats",
            summary = "The evaluation and all its repeats, and whether they agree example by example")
    public Repeats repeats(@PathParam("id") String id) {
        return jdbi.withHandle(handle -> {
            UUID evaluation = Lookup.evaluation(handle, id).id();
            return new Repeats(ReadEvaluations.repeats(handle, evaluation), ReadAgreements.of(handle, evaluation));
        });
    }
}
