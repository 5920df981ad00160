package dev.trmarena.ingest.puzzleset;

import dev.trmarena.ingest.puzzleset.ImportPuzzleSet.Result;
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

/** Puzzle sets come in here. */
@Tag(name = "Puzzle sets")
@Path("/api/puzzle-sets")
class PuzzleSetResource {
    private final ImportPuzzleSet importPuzzleSet;

    PuzzleSetResource(ImportPuzzleSet importPuzzleSet) {
        this.importPuzzleSet = importPuzzleSet;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "importPuzzleSet", summary = "Imports a puzzle set from uploads, which are used up")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PuzzleSetRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "imported",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ImportedPuzzleSet.class)))
    @APIResponse(
            responseCode = "200",
            description = "the same set was there already under this name",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ImportedPuzzleSet.class)))
    @APIResponse(responseCode = "404", description = "an upload, or the set to be replaced, is unknown")
    @APIResponse(responseCode = "409", description = "the name belongs to another set")
    @APIResponse(responseCode = "422", description = "the files are not a puzzle set; says where")
    public RestResponse<ImportedPuzzleSet> create(PuzzleSetRequest request) {
        Result result = importPuzzleSet.importSet(request);
        if (!result.created()) {
            return RestResponse.ok(result.set());
        }
        // Relative to what was asked for: this address, and perhaps this path, is not the one that people use.
        return ResponseBuilder.create(RestResponse.Status.CREATED, result.set())
                .header(HttpHeaders.LOCATION, "puzzle-sets/" + result.set().name())
                .build();
    }
}
