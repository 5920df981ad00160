package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.leaderboard.finish.OpenPuzzleSets;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Puzzle sets and the leaderboard of each. */
@Path("/api/puzzle-sets")
public class PuzzleSetResource {
    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final DrawUpLeaderboard drawUp;

    PuzzleSetResource(Jdbi jdbi, OpenPuzzleSets puzzleSets, DrawUpLeaderboard drawUp) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
        this.drawUp = drawUp;
    }

    @GET
    @Operation(summary = "All puzzle sets, by name")
    public List<PuzzleSetView> all() {
        return jdbi.withHandle(ReadPuzzleSets::all);
    }

    @GET
    @Path("{name}")
    @Operation(summary = "One puzzle set, with the recipe it was built by, if it was")
    public PuzzleSetDetail one(@PathParam("name") String name) {
        PuzzleSetView set = jdbi.withHandle(handle -> Find.puzzleSet(handle, name));
        return PuzzleSetDetail.of(set, puzzleSets.manifest(set.digest()));
    }

    @GET
    @Path("{name}/leaderboard")
    @Operation(
            summary = "The finished evaluations on a puzzle set by one protocol, best first; equal scores share a rank")
    @APIResponse(
            responseCode = "200",
            description = "the leaderboard",
            content = @Content(schema = @Schema(implementation = Leaderboard.class)))
    @APIResponse(
            responseCode = "404",
            description = "one of the puzzle sets is unknown, or nothing finished by the protocol")
    @APIResponse(responseCode = "409", description = "the two sets share no task, or all of them")
    public Leaderboard leaderboard(
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
                    String without) {
        return jdbi.inTransaction(handle -> drawUp.of(handle, Find.puzzleSet(handle, name), protocol, without));
    }
}
