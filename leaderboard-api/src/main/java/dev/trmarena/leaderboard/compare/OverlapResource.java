package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.leaderboard.serve.Lookup;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** What a puzzle set has in common with the others. */
@Tag(name = "Puzzle sets")
@Path("/api/puzzle-sets/{name}/overlaps")
public class OverlapResource {
    private final Jdbi jdbi;
    private final SharedTasks shared;

    OverlapResource(Jdbi jdbi, SharedTasks shared) {
        this.jdbi = jdbi;
        this.shared = shared;
    }

    @GET
    @Operation(
            operationId = "listOverlaps",
            summary = "Tasks that other puzzle sets have, too, by content; sets without any are left out")
    public List<Overlap> overlaps(@PathParam("name") String name) {
        PuzzleSetView set = jdbi.withHandle(handle -> Lookup.puzzleSet(handle, name));
        return jdbi.withHandle(ReadPuzzleSets::all).stream()
                .filter(other ->
                        other.kind().equals(set.kind()) && !other.name().equals(name))
                .map(other -> shared.overlap(set, other))
                .filter(overlap -> overlap.taskCount() > 0)
                .toList();
    }
}
