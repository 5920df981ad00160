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
    private final TaskContents contents;

    OverlapResource(Jdbi jdbi, TaskContents contents) {
        this.jdbi = jdbi;
        this.contents = contents;
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
                .map(other -> new Overlap(
                        other.name(),
                        contents.shared(set.digest(), other.digest()).stream()
                                .map(task -> contents.name(set.digest(), task))
                                .toList()))
                .filter(overlap -> !overlap.tasks().isEmpty())
                .toList();
    }
}
