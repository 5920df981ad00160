package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadSteps;
import dev.trmarena.db.dispatch.ReplayRequests;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.score.WrongCells;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The recursion, step by step, for the tasks whose steps were kept or have been computed since. */
@Tag(name = "Tasks")
@Path("/api/evaluations/{id}/tasks/{index}/replay")
public class StepReplayResource {
    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;

    StepReplayResource(Jdbi jdbi, OpenPuzzleSets puzzleSets) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
    }

    @GET
    @Operation(
            operationId = "getStepReplay",
            summary =
                    "The answer after each improvement step, for the example that shows the task as it is; no frames where they"
                            + " were not kept: POST to the same address has them computed")
    @APIResponse(
            responseCode = "200",
            description = "the step replay, or what became of the request for one",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StepReplay.class)))
    @APIResponse(responseCode = "409", description = "the evaluation is not finished")
    public StepReplay replay(
            @PathParam("id") String id,
            @PathParam("index") int index,
            @Parameter(description = "which test output of the task, from 0") @QueryParam("output") @DefaultValue("0")
                    int output) {
        EvaluationView evaluation = jdbi.withHandle(handle -> Lookup.run(handle, id, "replay its steps"));
        PuzzleSet set = puzzleSets.of(jdbi, evaluation.id());
        if (index < 0 || index >= set.taskCount() || output < 0 || output >= set.outputCount(index)) {
            throw new Refusal(
                    404,
                    "evaluation " + id + " has no task " + index + " with a test output " + output,
                    "its tasks are 0 to " + (set.taskCount() - 1));
        }
        List<Integer> examples = set.shownAsItIs(index, output);
        List<ReadSteps.Frame> kept = jdbi.withHandle(handle -> ReadSteps.replay(handle, evaluation.id(), examples));
        // Equal inputs share their votes; one of them is enough to look at.
        List<ReadSteps.Frame> frames = kept.stream()
                .filter(frame -> frame.example() == kept.get(0).example())
                .toList();
        StepReplay.Request request = !frames.isEmpty()
                ? null
                : jdbi.withHandle(handle -> ReplayRequests.of(handle, evaluation.id(), examples))
                        .map(asked -> new StepReplay.Request(asked.failure()))
                        .orElse(null);
        return replay(set, index, output, frames, request);
    }

    private static StepReplay replay(
            PuzzleSet set, int task, int output, List<ReadSteps.Frame> frames, StepReplay.@Nullable Request request) {
        Grid solution = set.manifest().solutionsHidden() ? null : set.solution(task, output);
        Integer ignored = set.ignoredCell();
        return new StepReplay(
                frames.isEmpty() ? null : frames.get(0).example(),
                request,
                frames.stream()
                        .map(frame -> {
                            Integer wrong =
                                    solution == null ? null : WrongCells.between(frame.grid(), solution, ignored);
                            return new StepReplay.Frame(
                                    frame.step(),
                                    EncodedGrid.of(frame.grid()),
                                    frame.qHalt(),
                                    solution == null ? null : Boolean.valueOf(wrong != null && wrong == 0),
                                    wrong);
                        })
                        .toList());
    }
}
