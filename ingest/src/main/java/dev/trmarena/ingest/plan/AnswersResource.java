package dev.trmarena.ingest.plan;

import dev.trmarena.db.board.EvaluationView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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

/** Answers of other systems come in here. */
@Tag(name = "Evaluations")
@Path("/api/answers")
class AnswersResource {
    private final TakeAnswers takeAnswers;

    AnswersResource(TakeAnswers takeAnswers) {
        this.takeAnswers = takeAnswers;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "enterAnswers",
            summary =
                    "Scores uploaded answers of another system as an evaluation that was not run here; the upload is used up")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AnswersRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "scored",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EvaluationView.class)))
    @APIResponse(
            responseCode = "200",
            description = "the same answers to this set are there already under this name",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EvaluationView.class)))
    @APIResponse(responseCode = "404", description = "the upload or the puzzle set is unknown")
    @APIResponse(
            responseCode = "409",
            description =
                    "the upload is unfinished, the name is somebody else's, or the same answers are there with something else said of them")
    @APIResponse(
            responseCode = "422",
            description = "the file is none of answers to this set; task, attempt and place are named")
    public RestResponse<EvaluationView> enter(AnswersRequest request) {
        TakeAnswers.Result result = takeAnswers.take(request);
        var status = result.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK;
        return ResponseBuilder.create(status, result.evaluation())
                .header(
                        HttpHeaders.LOCATION,
                        "evaluations/" + result.evaluation().id())
                .build();
    }
}
