package dev.trmarena.ingest.hub;

import dev.trmarena.http.admit.Sender;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Another way for files to come in: they are fetched from a hub. Once whole they are uploads like any other. */
@Tag(name = "Uploads")
@Path("/api/fetches")
class FetchResource {
    private final FetchFiles files;

    FetchResource(FetchFiles files) {
        this.files = files;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "fetchFile",
            summary =
                    "Fetches a file from a hub, hf://OWNER/REPO/PATH@REVISION, with the all_config.yaml beside it; name them by their"
                            + " upload ids once they are whole. Or tells only what would be fetched")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = FetchRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "it is found, and fetched from now on unless that was only to be told",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Fetched.class)))
    @APIResponse(responseCode = "400", description = "it names nothing on a hub")
    @APIResponse(
            responseCode = "404",
            description = "the hub has no such file; of a folder, the checkpoints that there are to choose from")
    @APIResponse(responseCode = "413", description = "the file is larger than accepted")
    @APIResponse(responseCode = "422", description = "the hub does not show it, or it may not be fetched from there")
    @APIResponse(responseCode = "429", description = "as many uploads are under way as may be, of yours or of all")
    @APIResponse(responseCode = "503", description = "the hub does not answer, or asks for patience")
    @APIResponse(responseCode = "507", description = "the disk has no room for the file")
    public Fetched fetch(FetchRequest request, @Context RoutingContext context) {
        return files.fetch(request, Sender.of(context).key());
    }

    @GET
    @Path("folder")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listHubFolder", summary = "The files in a folder of a hub, to choose what to fetch")
    @APIResponse(
            responseCode = "200",
            description = "what lies in it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = HubFolder.class)))
    @APIResponse(responseCode = "400", description = "it names nothing on a hub")
    @APIResponse(responseCode = "404", description = "the hub has no such folder")
    @APIResponse(responseCode = "422", description = "the hub does not show it, or there is more in it than is listed")
    @APIResponse(responseCode = "503", description = "the hub does not answer, or asks for patience")
    public HubFolder list(@QueryParam("from") @DefaultValue("") String from) {
        return files.list(from);
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getFetch", summary = "How much of a file has come from its hub, or why nothing does")
    @APIResponse(
            responseCode = "200",
            description = "where it stands",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = FetchView.class)))
    @APIResponse(responseCode = "404", description = "nothing is fetched by this id")
    public FetchView look(@PathParam("id") String id) {
        return files.look(id(id));
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteFetch", summary = "Fetches a file no further, and forgets what came of it")
    @APIResponse(responseCode = "204", description = "it is gone")
    @APIResponse(responseCode = "404", description = "nothing is fetched by this id")
    public void cancel(@PathParam("id") String id) {
        files.cancel(id(id));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    AskHub.NOT_FOUND,
                    "'" + Quote.of(text) + "' is not the id of a fetch",
                    "take the one that POST /api/fetches answers as 'upload'");
        }
    }
}
