package dev.trmarena.leaderboard.board;

import dev.trmarena.leaderboard.board.Leaderboard.Published;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.score.PublishedResults;
import dev.trmarena.puzzles.score.PublishedResults.Result;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Published results beside a board. */
final class PublishedOn {
    /** Those that come with the platform, read once. */
    static final PublishedResults ALL = PublishedResults.read();

    private static final Pattern BENCHMARK =
            Pattern.compile("(sudoku-extreme|maze-hard|arc-agi-1|arc-agi-2)([._-].*)?");

    /** What the name of a subset of ARC says of whose tasks they are; others say nothing. */
    private static final Map<String, String> SPLITS = Map.of(
            "evaluation", "public evaluation",
            "evaluation2", "public evaluation",
            "training", "public training",
            "training2", "public training");

    private PublishedOn() {}

    /** The benchmark that the name of a set begins with; null for others. */
    static @Nullable String benchmark(String name) {
        var benchmark = BENCHMARK.matcher(name);
        return benchmark.matches() ? benchmark.group(1) : null;
    }

    /**
     * The split of its benchmark that a set is, in the words of published results: by the subsets that its recipe takes its tasks from.
     * Null where there is no recipe, or one of subsets that say nothing.
     */
    static @Nullable String split(String name, @Nullable ArcRecipe recipe) {
        if (benchmark(name) == null || recipe == null) {
            return null;
        }
        List<String> splits = recipe.testSets().stream()
                .map(subset -> SPLITS.getOrDefault(subset, ""))
                .distinct()
                .toList();
        return splits.contains("") ? null : String.join(" and ", splits);
    }

    /**
     * Those of the benchmark that the name of the set begins with ({@code arc-agi-1}, {@code arc-agi-1-public}); else none.
     *
     * @param imported since: in the place of those of the same source that come with the platform
     */
    static List<Published> set(String name, List<Result> imported) {
        String benchmark = benchmark(name);
        if (benchmark == null) {
            return List.of();
        }
        return ALL.with(imported).on(benchmark).stream()
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
