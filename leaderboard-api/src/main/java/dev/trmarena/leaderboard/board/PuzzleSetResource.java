package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.db.plan.Fetches;
import dev.trmarena.db.plan.Origin;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.serve.Lookup;
import io.quarkus.vertx.http.Uncompressed;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Puzzle sets and the leaderboard of each. */
@Tag(name = "Puzzle sets")
@Path("/api/puzzle-sets")
public class PuzzleSetResource {
    /** By name, and not with the weight 0. */
    private static final Pattern ACCEPTS_GZIP =
            Pattern.compile("(^|,)\\s*gzip\\s*(,|$|;\\s*q=(1|0?\\.0*[1-9]))", Pattern.CASE_INSENSITIVE);

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final LeaderboardCache boards;

    PuzzleSetResource(Jdbi jdbi, OpenPuzzleSets puzzleSets, LeaderboardCache boards) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
        this.boards = boards;
    }

    @GET
    @Operation(operationId = "listPuzzleSets", summary = "All puzzle sets, by name")
    public List<PuzzleSetView> all() {
        return jdbi.withHandle(ReadPuzzleSets::all);
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getPuzzleSet", summary = "One puzzle set, with the recipe it was built by, if it was")
    public PuzzleSetDetail one(@PathParam("name") String name) {
        PuzzleSetView set = jdbi.withHandle(handle -> Lookup.puzzleSet(handle, name));
        Origin fetchedFrom = jdbi.withHandle(
                handle -> Fetches.ofPuzzleSet(handle, set.name()).orElse(null));
        return PuzzleSetDetail.of(set, puzzleSets.manifest(set.digest()), fetchedFrom);
    }

    @GET
    @Path("{name}/leaderboard")
    @Uncompressed
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getLeaderboard",
            summary = "The finished evaluations on a puzzle set by one protocol, best first; equal scores share a rank")
    @APIResponse(
            responseCode = "200",
            description = "the leaderboard",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Leaderboard.class)))
    @APIResponse(responseCode = "304", description = "the board still is the one that If-None-Match names by its ETag")
    @APIResponse(
            responseCode = "404",
            description = "one of the puzzle sets is unknown, or nothing finished by the protocol")
    @APIResponse(responseCode = "409", description = "the two sets share no task, or all of them")
    public Response leaderboard(
            @PathParam("name") String name,
            @Parameter(
                            description =
                                    "key of a protocol: boards never mix them; when absent, the most used of those by"
                                            + " which authors report")
                    @QueryParam("protocol")
                    @Nullable
                    String protocol,
            @Parameter(
                            description =
                                    "name of another set: the tasks that it has, too, are left out of every score,"
                                            + " interval and rank; all tasks count when absent")
                    @QueryParam("without")
                    @Nullable
                    String without,
            @Context Request request,
            @Context HttpHeaders headers,
            @Context HttpServerRequest received) {
        LeaderboardSnapshot board = boards.of(name, protocol, without);
        Response.ResponseBuilder answer = request.evaluatePreconditions(board.tag());
        if (answer == null) {
            answer = Response.ok(acceptsGzip(headers) ? compressed(board, received) : board.json());
        }
        // Whoever keeps it asks each time whether it still is the one.
        return answer.tag(board.tag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    private static boolean acceptsGzip(HttpHeaders headers) {
        String accepted = headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && ACCEPTS_GZIP.matcher(accepted).find();
    }

    /**
     * The server has named an encoding already, "identity": a header of the answer would be added to it. Over HTTP/2 it
     * compresses what is named so itself, over HTTP/1.1, which browsers and proxies speak here, it takes it as it is.
     */
    private static byte[] compressed(LeaderboardSnapshot board, HttpServerRequest request) {
        request.response().headers().set(HttpHeaders.CONTENT_ENCODING, "gzip");
        return request.version() == HttpVersion.HTTP_2 ? board.json() : board.gzip();
    }
}
