package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.PublishedImports;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.puzzles.score.PublishedResults.Result;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The board that the first page begins with: that of {@code arena.home-board} ({@code ARENA_HOME_BOARD}), the name of a puzzle set
 * or of a benchmark; ARC-AGI-1 unless it is set.
 */
@Tag(name = "Puzzle sets")
@Path("/api/home")
public class HomeResource {
    private static final String USUAL = "arc-agi-1";

    /** Those that count first, then those that people run on most. */
    private static final Comparator<PuzzleSetView> LIKELIEST = Comparator.comparing(
                    (PuzzleSetView set) -> set.successor() != null)
            .thenComparing(PuzzleSetView::evaluations, Comparator.reverseOrder())
            .thenComparing(PuzzleSetView::name);

    private final Jdbi jdbi;
    private final String name;

    HomeResource(Jdbi jdbi, @ConfigProperty(name = "arena.home-board") Optional<String> name) {
        this.jdbi = jdbi;
        this.name = name.map(String::strip).filter(text -> !text.isEmpty()).orElse(USUAL);
    }

    @GET
    @Operation(operationId = "getHome", summary = "The board that the first page begins with")
    public HomeBoard home() {
        return jdbi.withHandle(handle -> of(name, ReadPuzzleSets.all(handle), PublishedImports.current(handle)));
    }

    /**
     * The set of that name, else the likeliest of that benchmark, else what others published on it; where nobody did, the likeliest
     * of all sets.
     *
     * @param imported since, see {@link PublishedOn#set}
     */
    static HomeBoard of(String name, List<PuzzleSetView> sets, List<Result> imported) {
        Optional<PuzzleSetView> named =
                sets.stream().filter(set -> set.name().equals(name)).findFirst();
        String benchmark = PublishedOn.benchmark(name);
        @Nullable
        PuzzleSetView shown = named.or(() -> sets.stream()
                        .filter(set -> benchmark != null && benchmark.equals(PublishedOn.benchmark(set.name())))
                        .min(LIKELIEST))
                .or(() -> benchmark == null ? sets.stream().min(LIKELIEST) : Optional.empty())
                .orElse(null);
        return new HomeBoard(
                name, shown == null ? null : shown.name(), shown == null ? PublishedOn.set(name, imported) : List.of());
    }
}
