package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadSteps;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.puzzles.set.PuzzleKind;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jdbi.v3.core.Jdbi;

/** The score of each improvement step. */
@Path("/api/evaluations/{id}/steps")
public class StepResource {
    private final Jdbi jdbi;

    StepResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(summary = "The scores after each improvement step, from the votes of that step: what recursion bought")
    public ScoresByStep scores(@PathParam("id") String id) {
        return jdbi.inTransaction(handle -> {
            EvaluationView evaluation = Lookup.finished(handle, id);
            var kind = PuzzleKind.named(evaluation.puzzleSetKind());
            return new ScoresByStep(
                    kind.mainMetric(),
                    ReadSteps.scores(handle, evaluation.id()).stream()
                            .map(step -> new ScoresByStep.Step(step.step(), step.metrics(), step.interval()))
                            .toList());
        });
    }
}
