package dev.trmarena.leaderboard.board;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A board in a form in which others collect scores. */
@Tag(name = "Downloads")
@Path("/api/puzzle-sets/{name}/every-eval-ever.json")
public class BoardReportResource {
    private final LeaderboardCache boards;
    private final ObjectMapper json;

    BoardReportResource(LeaderboardCache boards, ObjectMapper json) {
        this.boards = boards;
        this.json = json;
    }

    @GET
    @Operation(
            operationId = "getLeaderboardAsEveryEvalEver",
            summary = "The entries of a leaderboard that have a score, each a record of Every Eval Ever, version "
                    + EveryEvalEver.VERSION)
    @APIResponse(
            responseCode = "200",
            description = "the records, best first",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class)))
    @APIResponse(responseCode = "304", description = ReportResource.UNCHANGED)
    @APIResponse(
            responseCode = "404",
            description = "one of the puzzle sets is unknown, or nothing finished by the protocol")
    @APIResponse(responseCode = "409", description = "the two sets share no task, or all of them")
    public Response board(
            @PathParam("name") String name,
            @Parameter(description = "as for the leaderboard") @QueryParam("protocol") @Nullable String protocol,
            @Parameter(description = "as for the leaderboard") @QueryParam("without") @Nullable String without,
            @Context Request request)
            throws IOException {
        Leaderboard board = json.readValue(boards.of(name, protocol, without).json(), Leaderboard.class);
        return ReportResource.answer(
                json.writeValueAsBytes(EveryEvalEver.of(board)), MediaType.APPLICATION_JSON, request);
    }
}
