package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.PublishedImports;
import dev.trmarena.puzzles.score.PublishedResults;
import java.util.List;

/**
 * What others published, as it stands beside the boards.
 *
 * @param label what is written beside each of them
 * @param results of the newest import of each source, and those that come with the platform
 * @param imports what was imported, by source, the newest first
 */
public record PublishedView(
        String label, List<PublishedResults.Result> results, List<PublishedImports.Import> imports) {
    public PublishedView {
        results = List.copyOf(results);
        imports = List.copyOf(imports);
    }
}
