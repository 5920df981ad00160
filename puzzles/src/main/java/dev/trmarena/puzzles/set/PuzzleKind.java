package dev.trmarena.puzzles.set;

import java.util.List;
import java.util.Locale;

/** What the tokens of a puzzle set mean, and so how its predictions are scored and drawn. */
public enum PuzzleKind {
    SUDOKU("exact_accuracy", 1, Scores.OF_EXACT_MATCH),
    MAZE("exact_accuracy", 1, Scores.OF_EXACT_MATCH),
    ARC("pass@2", 2, Scores.OF_ARC),
    SEQUENCE("exact_accuracy", 1, Scores.OF_EXACT_MATCH);

    /** A constant of the enum itself would not be there yet when its values are made. */
    private static final class Scores {
        static final List<String> OF_EXACT_MATCH = List.of("exact_accuracy", "accuracy", "q_halt_accuracy");
        static final List<String> OF_ARC = List.of(
                "pass@1", "pass@2", "pass@5", "pass@10", "pass@100", "pass@1000", "arc_prize", "kaggle", "strict");
    }

    private static final String PASS_AT = "pass@";

    private final String mainMetric;
    private final int attempts;
    private final List<String> metrics;

    PuzzleKind(String mainMetric, int attempts, List<String> metrics) {
        this.mainMetric = mainMetric;
        this.attempts = attempts;
        this.metrics = metrics;
    }

    /** Of its lower-case name, as tables and the API write it. */
    public static PuzzleKind named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The score that a leaderboard ranks by unless it was told another one. */
    public String mainMetric() {
        return mainMetric;
    }

    /** Candidates that may be tried before a test output counts as not solved, as the main metric does. */
    public int attempts() {
        return attempts;
    }

    /** Candidates that a score of the kind looks at, at most: the largest K of its pass@K. A solution ranked behind counts nowhere. */
    public int candidates() {
        return metrics.stream()
                .filter(metric -> metric.startsWith(PASS_AT))
                .mapToInt(metric -> Integer.parseInt(metric.substring(PASS_AT.length())))
                .max()
                .orElse(attempts);
    }

    /** The names of all scores that an evaluation on such a set ends with. */
    public List<String> metrics() {
        return metrics;
    }
}
