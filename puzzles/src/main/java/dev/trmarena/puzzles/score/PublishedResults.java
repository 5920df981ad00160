package dev.trmarena.puzzles.score;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scores that others published. They are claims, not runs of this platform, and must never be ranked among those.
 *
 * @param label what to write beside each of them
 */
public record PublishedResults(String label, List<Result> results) {
    /**
     * @param parameters of the model as published; null when they are not known
     * @param benchmark {@code sudoku-extreme}, {@code maze-hard}, {@code arc-agi-1} or {@code arc-agi-2}
     * @param split on which it was measured: public and semi-private scores do not compare
     * @param metric what was counted
     * @param percent 0 to 100
     * @param dollarsPerTask cost, where it was published
     * @param source where it was published
     */
    public record Result(
            String method,
            @Nullable String parameters,
            String benchmark,
            String split,
            String metric,
            double percent,
            @Nullable Double dollarsPerTask,
            String source) {
        private static final Set<String> BENCHMARKS = Set.of("sudoku-extreme", "maze-hard", "arc-agi-1", "arc-agi-2");

        public Result {
            for (String text : List.of(method, benchmark, split, metric, source)) {
                if (text.isBlank()) {
                    throw new IllegalArgumentException("a blank in the published result of '" + method + "'");
                }
            }
            if (!BENCHMARKS.contains(benchmark)) {
                throw new IllegalArgumentException("'" + benchmark + "' is none of " + BENCHMARKS);
            }
            if (!(percent >= 0 && percent <= 100) || dollarsPerTask != null && !(dollarsPerTask > 0)) {
                throw new IllegalArgumentException(method + ": " + percent + " %, $" + dollarsPerTask + " a task");
            }
        }
    }

    public PublishedResults {
        if (label.isBlank() || results.isEmpty()) {
            throw new IllegalArgumentException("published results need a label and results");
        }
        Set<List<String>> seen = new HashSet<>();
        for (Result result : results) {
            if (!seen.add(List.of(result.method(), result.benchmark(), result.split(), result.source()))) {
                throw new IllegalArgumentException("there are two results of " + result.method() + " on "
                        + result.benchmark() + ", " + result.split() + ", by " + result.source());
            }
        }
        results = List.copyOf(results);
    }

    /** Those that come with the platform. */
    public static PublishedResults read() {
        try (InputStream stream = PublishedResults.class.getResourceAsStream("published-results.json")) {
            if (stream == null) {
                throw new IllegalStateException("published-results.json is not on the class path");
            }
            return JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build()
                    .readValue(stream, PublishedResults.class);
        } catch (IOException e) {
            throw new UncheckedIOException("published-results.json: " + e.getMessage(), e);
        }
    }

    /** These, those of a source that was imported since in the place of all that it has here. */
    public PublishedResults with(List<Result> imported) {
        Set<String> sources = imported.stream().map(Result::source).collect(Collectors.toSet());
        return new PublishedResults(
                label,
                Stream.concat(results.stream().filter(result -> !sources.contains(result.source())), imported.stream())
                        .toList());
    }

    /** Those on one benchmark, best first within each split. */
    public List<Result> on(String benchmark) {
        return results.stream()
                .filter(result -> result.benchmark().equals(benchmark))
                .sorted(Comparator.comparing(Result::split)
                        .thenComparing(
                                Comparator.comparingDouble(Result::percent).reversed()))
                .toList();
    }
}
