package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.plan.Overlaps;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.puzzles.set.PuzzleSet;
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
    private final OpenPuzzleSets puzzleSets;

    OverlapResource(Jdbi jdbi, OpenPuzzleSets puzzleSets) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
    }

    @GET
    @Operation(
            operationId = "listOverlaps",
            summary = "Tasks that other puzzle sets have, too, by content; sets without any are left out, "
                    + "and those that are still to be compared say so")
    public List<Overlap> overlaps(@PathParam("name") String name) {
        PuzzleSetView set = jdbi.withHandle(handle -> Lookup.puzzleSet(handle, name));
        List<Overlaps.Counted> counted = jdbi.withHandle(handle -> Overlaps.of(handle, name));
        if (counted.isEmpty()) {
            return List.of();
        }
        PuzzleSet open = puzzleSets.byManifest(set.digest());
        return counted.stream()
                .map(each -> new Overlap(
                        each.other(),
                        each.counted(),
                        each.taskCount(),
                        each.firstTasks().stream().map(open::taskName).toList()))
                .toList();
    }
}
