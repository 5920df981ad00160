package dev.trmarena.leaderboard.board;

import dev.trmarena.leaderboard.board.Leaderboard.Published;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The board that the first page begins with.
 *
 * @param name as it was configured: of a puzzle set, or of the benchmark that its name begins with
 * @param puzzleSet name of the set whose board it is; null while there is none of that name or benchmark
 * @param published what others published on that benchmark, best first within each split; empty with a set, whose board has them
 */
public record HomeBoard(String name, @Nullable String puzzleSet, List<Published> published) {
    public HomeBoard {
        published = List.copyOf(published);
    }
}
