package dev.trmarena.ingest.plan;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.http.admit.Sender;
import dev.trmarena.ingest.plan.StartEvaluation.Result;
import dev.trmarena.traces.Traces;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Evaluations start here. */
@Tag(name = "Evaluations")
@Path("/api/evaluations")
class EvaluationResource {
    private final StartEvaluation startEvaluation;
    private final TakeAnswers takeAnswers;

    EvaluationResource(StartEvaluation startEvaluation, TakeAnswers takeAnswers) {
        this.startEvaluation = startEvaluation;
        this.takeAnswers = takeAnswers;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "startEvaluation",
            summary =
                    "Starts the evaluation of an uploaded checkpoint on a puzzle set, the uploads are used up; or of a checkpoint"
                            + " that was evaluated before, by another protocol; or scores uploaded answers of another system, which are not run")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EvaluationRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "planned; of answers, scored",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EvaluationView.class)))
    @APIResponse(
            responseCode = "200",
            description =
                    "this checkpoint has been, or is being, evaluated on this set by this protocol already; or the same answers are there",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EvaluationView.class)))
    @APIResponse(responseCode = "404", description = "an upload, the puzzle set or the evaluation is unknown")
    @APIResponse(
            responseCode = "409",
            description =
                    "an upload is unfinished, the name is somebody else's, the weights ran under another name, or the same answers are"
                            + " there with something else said of them")
    @APIResponse(responseCode = "507", description = "the disk has no room for the checkpoint")
    @APIResponse(responseCode = "429", description = "as many evaluations wait as may, of yours or of all")
    @APIResponse(
            responseCode = "422",
            description =
                    "the checkpoint is none, does not fit config, puzzle set or protocol, or is more work than one evaluation may be;"
                            + " or the file holds no answers to this set, of which task, attempt and place are named")
    public RestResponse<EvaluationView> create(
            EvaluationRequest request, @Context HttpHeaders headers, @Context RoutingContext context) {
        AnswersRequest answers = request.answers();
        Result result = answers == null
                ? startEvaluation.start(request, Sender.of(context).key(), headers.getHeaderString(Traces.TRACEPARENT))
                : takeAnswers.take(answers);
        var status = result.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK;
        // Relative to what was asked for: this address, and perhaps this path, is not the one that people use.
        return ResponseBuilder.create(status, result.evaluation())
                .header(
                        HttpHeaders.LOCATION,
                        "evaluations/" + result.evaluation().id())
                .build();
    }
}
