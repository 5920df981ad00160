package dev.trmarena.puzzles.set;

/** What the tokens of a puzzle set mean, and so how its predictions are scored and drawn. */
public enum PuzzleKind {
    SUDOKU("exact_accuracy", 1),
    MAZE("exact_accuracy", 1),
    ARC("pass@2", 2),
    SEQUENCE("exact_accuracy", 1);

    private final String mainMetric;
    private final int attempts;

    PuzzleKind(String mainMetric, int attempts) {
        this.mainMetric = mainMetric;
        this.attempts = attempts;
    }

    /** The score that the leaderboard ranks by. */
    public String mainMetric() {
        return mainMetric;
    }

    /** Candidates that may be tried before a test output counts as not solved, as the main metric does. */
    public int attempts() {
        return attempts;
    }
}
