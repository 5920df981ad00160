package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadSteps;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.puzzles.set.PuzzleKind;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** The score of each improvement step. */
@Tag(name = "Evaluations")
@Path("/api/evaluations/{id}/steps")
public class StepResource {
    private final Jdbi jdbi;

    StepResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(
            operationId = "getScoresByStep",
            summary = "The scores after each improvement step, from the votes of that step: what recursion bought")
    @APIResponse(
            responseCode = "200",
            description = "a score of each metric after each step",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ScoresByStep.class)))
    @APIResponse(responseCode = "409", description = "the evaluation is not finished")
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
