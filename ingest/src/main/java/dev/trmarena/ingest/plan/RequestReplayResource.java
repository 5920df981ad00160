package dev.trmarena.ingest.plan;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.db.board.ReadSteps;
import dev.trmarena.db.dispatch.ReplayRequests;
import dev.trmarena.http.refuse.NoSuchEvaluation;
import dev.trmarena.http.refuse.NotRunHere;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.dispatch.Dispatcher;
import dev.trmarena.ingest.puzzleset.OpenPuzzleSet;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** Takes the wish to see a step replay that was not kept. */
@Tag(name = "Tasks")
@Path("/api/evaluations/{id}/tasks/{index}/replay")
class RequestReplayResource {
    /** Replays that may be waited for at a time: each is an example that solvers run again. */
    private static final int MOST = 100;

    private final Jdbi jdbi;
    private final OpenPuzzleSet openPuzzleSet;
    private final Dispatcher dispatcher;

    RequestReplayResource(Jdbi jdbi, OpenPuzzleSet openPuzzleSet, Dispatcher dispatcher) {
        this.jdbi = jdbi;
        this.openPuzzleSet = openPuzzleSet;
        this.dispatcher = dispatcher;
    }

    @POST
    @Operation(
            operationId = "requestStepReplay",
            summary = "Has a solver run one example again and keep its answer after each improvement step",
            description =
                    "GET at the same address has the step replay when it is there. Scores and predictions stay as they are."
                            + " Asking again while it is waited for changes nothing; after a failure it is tried anew.")
    @APIResponse(responseCode = "202", description = "it is waited for")
    @APIResponse(responseCode = "204", description = "the step replay is there")
    @APIResponse(responseCode = "404", description = "there is no such evaluation, task or test output")
    @APIResponse(responseCode = "409", description = "the evaluation is not finished")
    @APIResponse(responseCode = "429", description = "too many step replays are waited for")
    public Response ask(
            @PathParam("id") String id,
            @PathParam("index") int index,
            @Parameter(description = "which test output of the task, from 0") @QueryParam("output") @DefaultValue("0")
                    int output) {
        EvaluationView evaluation = finished(id);
        // Before the set is opened, which takes memory. One that is waited for already is among those of its
        // evaluation.
        if (jdbi.withHandle(handle ->
                ReplayRequests.waiting(handle) >= MOST && ReplayRequests.waiting(handle, evaluation.id()) == 0)) {
            throw tooMany();
        }
        String manifest = jdbi.withHandle(handle -> ReadPuzzleSets.manifestOf(handle, evaluation.id()))
                .orElseThrow();
        PuzzleSet set = openPuzzleSet.of(evaluation.puzzleSet(), manifest);
        if (index < 0 || index >= set.taskCount() || output < 0 || output >= set.outputCount(index)) {
            throw new Refusal(
                    404,
                    "evaluation " + id + " has no task " + index + " with a test output " + output,
                    "its tasks are 0 to " + (set.taskCount() - 1));
        }
        List<Integer> examples = set.shownAsItIs(index, output);
        if (examples.isEmpty()) {
            throw new Refusal(
                    404,
                    "no example of " + evaluation.puzzleSet() + " shows task " + index + " as it is",
                    "the candidates of the task show what was voted for");
        }
        boolean there = jdbi.inTransaction(handle -> {
            if (!ReadSteps.replay(handle, evaluation.id(), examples).isEmpty()) {
                return true;
            }
            if (ReplayRequests.of(handle, evaluation.id(), examples).isEmpty()
                    && ReplayRequests.waiting(handle) >= MOST) {
                throw tooMany();
            }
            ReplayRequests.add(handle, evaluation.id(), examples.get(0));
            return false;
        });
        if (there) {
            return Response.noContent().build();
        }
        dispatcher.wake();
        return Response.accepted().build();
    }

    private static Refusal tooMany() {
        return new Refusal(429, MOST + " step replays are waited for", "look at those first, then ask again");
    }

    private EvaluationView finished(String id) {
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw NoSuchEvaluation.of(id);
        }
        EvaluationView evaluation = jdbi.withHandle(handle -> ReadEvaluations.byId(handle, uuid))
                .orElseThrow(() -> NoSuchEvaluation.of(id));
        if (evaluation.answers() != null) {
            throw NotRunHere.of(id, "replay its steps");
        }
        if (evaluation.state() != EvaluationState.FINISHED) {
            throw new Refusal(
                    409,
                    "evaluation " + id + " is " + evaluation.state(),
                    "a step replay can be had when it is finished");
        }
        return evaluation;
    }
}
