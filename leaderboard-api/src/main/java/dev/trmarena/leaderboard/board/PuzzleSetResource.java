package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.leaderboard.compare.SolvedOutputs;
import dev.trmarena.puzzles.set.PuzzleKind;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jdbi.v3.core.Jdbi;

/** Puzzle sets and the leaderboard of each. */
@Path("/api/puzzle-sets")
public class PuzzleSetResource {
    private final Jdbi jdbi;
    private final SolvedOutputs solvedOutputs;

    PuzzleSetResource(Jdbi jdbi, SolvedOutputs solvedOutputs) {
        this.jdbi = jdbi;
        this.solvedOutputs = solvedOutputs;
    }

    @GET
    @Operation(summary = "All puzzle sets, by name")
    public List<PuzzleSetView> all() {
        return jdbi.withHandle(ReadPuzzleSets::all);
    }

    @GET
    @Path("{name}")
    @Operation(summary = "One puzzle set")
    public PuzzleSetView one(@PathParam("name") String name) {
        return jdbi.withHandle(handle -> Find.puzzleSet(handle, name));
    }

    @GET
    @Path("{name}/leaderboard")
    @Operation(summary = "The finished evaluations on a puzzle set, best first; equal scores share a rank")
    public Leaderboard leaderboard(@PathParam("name") String name) {
        return jdbi.inTransaction(handle -> {
            PuzzleSetView set = Find.puzzleSet(handle, name);
            List<EvaluationView> ranked = ReadEvaluations.ranked(handle, name, set.mainMetric());
            int attempts =
                    PuzzleKind.valueOf(set.kind().toUpperCase(Locale.ROOT)).attempts();
            return Leaderboard.of(set, ranked, solvedOutputs.tieGroups(handle, ranked, attempts));
        });
    }
}
