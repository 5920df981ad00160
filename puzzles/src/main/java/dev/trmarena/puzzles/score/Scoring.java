package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;

/** The one way from predictions to scores. */
public final class Scoring {
    private Scoring() {}

    /**
     * @param inExampleOrder each example once, ascending: ties between candidates keep the order in which they were first seen
     */
    public static ScoreSheet score(PuzzleSet set, Iterable<ScoredPrediction> inExampleOrder) {
        return set.manifest().kind() == PuzzleKind.ARC
                ? ArcScore.score(set, inExampleOrder)
                : ExactMatch.score(set, inExampleOrder);
    }
}
