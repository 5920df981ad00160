package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadSteps;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.leaderboard.serve.Paging;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.score.WrongCells;
import dev.trmarena.puzzles.set.AugmentedExample;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** The score of each improvement step, and what was answered after it. */
@Tag(name = "Evaluations")
@Path("/api/evaluations/{id}/steps")
public class StepResource {
    private static final int MOST = 500;
    private static final String LIMIT = "a limit is from 1 to " + MOST;

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;

    StepResource(Jdbi jdbi, OpenPuzzleSets puzzleSets) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
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
                            .toList(),
                    ReadSteps.areKept(handle, evaluation.id()));
        });
    }

    @GET
    @Path("{step}")
    @Operation(
            operationId = "listFramesOfStep",
            summary = "What was answered after an improvement step, to some tasks as they are, where it was kept")
    @APIResponse(
            responseCode = "200",
            description = "a page of them",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = FramesOfStep.class)))
    @APIResponse(responseCode = "409", description = "the evaluation is not finished")
    public FramesOfStep frames(
            @PathParam("id") String id,
            @PathParam("step") @Min(value = 1, message = "steps are counted from 1") int step,
            @Parameter(description = Paging.AFTER) @QueryParam("after") @DefaultValue("-1") int after,
            @Parameter(description = Paging.LIMIT)
                    @QueryParam("limit")
                    @DefaultValue("500")
                    @Min(value = 1, message = LIMIT)
                    @Max(value = MOST, message = LIMIT)
                    int limit) {
        EvaluationView evaluation = jdbi.withHandle(handle -> Lookup.run(handle, id, "show its steps"));
        PuzzleSet set = puzzleSets.of(jdbi, evaluation.id());
        List<ReadSteps.Frame> found =
                jdbi.withHandle(handle -> ReadSteps.after(handle, evaluation.id(), step, after, limit + 1));
        return new FramesOfStep(
                Paging.page(found, limit).stream()
                        .flatMap(frame -> shown(set, frame))
                        .toList(),
                Paging.next(found, limit, ReadSteps.Frame::example));
    }

    /** One for each test output whose input the example shows. */
    private static Stream<FramesOfStep.Shown> shown(PuzzleSet set, ReadSteps.Frame frame) {
        Integer task = set.taskOf(frame.example());
        if (task == null) {
            return Stream.empty();
        }
        List<Integer> outputs =
                set.augmented(frame.example()).map(AugmentedExample::outputs).orElse(List.of(0));
        return outputs.stream().map(output -> {
            Grid solution = DescribeTask.solution(set, task, output);
            Integer wrong = solution == null ? null : WrongCells.between(frame.grid(), solution, set.ignoredCell());
            Boolean correct = solution == null ? null : Boolean.valueOf(wrong != null && wrong == 0);
            return new FramesOfStep.Shown(task, output, EncodedGrid.of(frame.grid()), correct, wrong);
        });
    }
}
