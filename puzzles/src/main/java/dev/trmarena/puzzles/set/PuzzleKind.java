package dev.trmarena.puzzles.set;

/** What the tokens of a puzzle set mean, and so how its predictions are scored and drawn. */
public enum PuzzleKind {
    SUDOKU("exact_accuracy"),
    MAZE("exact_accuracy"),
    ARC("pass@2"),
    SEQUENCE("exact_accuracy");

    private final String mainMetric;

    PuzzleKind(String mainMetric) {
        this.mainMetric = mainMetric;
    }

    /** The score that the leaderboard ranks by. */
    public String mainMetric() {
        return mainMetric;
    }
}
