package dev.trmarena.ingest.inspect;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Uploads are looked at here before anything is made of them. */
@Tag(name = "Uploads")
@Path("/api/inspections")
class InspectionResource {
    private final InspectUpload inspectUpload;

    InspectionResource(InspectUpload inspectUpload) {
        this.inspectUpload = inspectUpload;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "inspectCheckpoint",
            summary =
                    "Tells what an uploaded checkpoint is, which settings are missing and which puzzle sets it fits; the uploads stay")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = InspectionRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "inspected",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Inspection.class)))
    @APIResponse(responseCode = "404", description = "an upload or the puzzle set is unknown")
    @APIResponse(responseCode = "409", description = "an upload is not complete")
    @APIResponse(responseCode = "422", description = "the checkpoint is none, or contradicts what is said about it")
    public Inspection inspect(InspectionRequest request) {
        return inspectUpload.inspect(request);
    }
}
