package dev.trmarena.leaderboard.board;

import dev.trmarena.leaderboard.board.Leaderboard.Published;
import dev.trmarena.puzzles.score.PublishedResults;
import java.util.List;
import java.util.regex.Pattern;

/** Published results beside a board. */
final class PublishedOn {
    private static final PublishedResults ALL = PublishedResults.read();
    private static final Pattern BENCHMARK =
            Pattern.compile("(sudoku-extreme|maze-hard|arc-agi-1|arc-agi-2)([._-].*)?");

    private PublishedOn() {}

    /** Those of the benchmark that the name of the set begins with ({@code arc-agi-1}, {@code arc-agi-1-public}); else none. */
    static List<Published> set(String name) {
        var benchmark = BENCHMARK.matcher(name);
        if (!benchmark.matches()) {
            return List.of();
        }
        return ALL.on(benchmark.group(1)).stream()
                .map(result -> new Published(
                        ALL.label(),
                        result.method(),
                        result.parameters(),
                        result.split(),
                        result.metric(),
                        result.percent() / 100,
                        result.dollarsPerTask(),
                        result.source()))
                .toList();
    }
}
