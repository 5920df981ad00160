package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.RankPuzzleSet;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.set.PuzzleKind;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** The metric that orders, ranks and draws the intervals of a board. */
@Tag(name = "Puzzle sets")
@Path("/api/puzzle-sets/{name}/ranking")
public class RankingResource {
    private static final Logger LOG = Logger.getLogger(RankingResource.class);

    private final Jdbi jdbi;

    RankingResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @PUT
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "rankPuzzleSet",
            summary = "Chooses the score that the leaderboard of a puzzle set ranks by; nothing is scored anew")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RankingRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "the puzzle set, which is ranked by it from now on",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PuzzleSetView.class)))
    @APIResponse(
            responseCode = "400",
            description = "puzzle sets of this kind are not ranked by such a score; says by which they are")
    @APIResponse(responseCode = "404", description = "the puzzle set is unknown")
    public PuzzleSetView rankBy(@PathParam("name") String name, RankingRequest request) {
        String metric = request.metric();
        return jdbi.inTransaction(handle -> {
            PuzzleSetView set = Lookup.puzzleSet(handle, name);
            PuzzleKind kind = PuzzleKind.named(set.kind());
            if (!kind.rankingMetrics().contains(metric)) {
                throw new Refusal(
                        400,
                        "'" + Quote.of(metric)
                                + (kind.metrics().contains(metric)
                                        ? "' stands beside the scores of " + name + ", a board is not ranked by it"
                                        : "' is no score of " + name + ", a set of kind " + set.kind()),
                        "rank it by one of: " + String.join(", ", kind.rankingMetrics()));
            }
            RankPuzzleSet.by(handle, name, metric);
            LOG.infof("%s is ranked by %s, it was by %s", name, metric, set.mainMetric());
            return Lookup.puzzleSet(handle, name);
        });
    }
}
