package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;

/** The one way from predictions to scores. */
public final class Scoring {
    private Scoring() {}

    /** By the authors' protocol: everything votes. */
    public static ScoreSheet score(PuzzleSet set, Iterable<ScoredPrediction> inExampleOrder) {
        return score(set, inExampleOrder, VoteProtocol.ALL);
    }

    /**
     * @param inExampleOrder each example once, ascending: ties between candidates keep the order in which they were first seen
     *     (see {@link InExampleOrder} for predictions that come otherwise)
     * @param protocol which predictions of an ARC task vote; without effect elsewhere
     */
    public static ScoreSheet score(PuzzleSet set, Iterable<ScoredPrediction> inExampleOrder, VoteProtocol protocol) {
        return set.manifest().kind() == PuzzleKind.ARC
                ? ArcScore.score(set, inExampleOrder, protocol)
                : ExactMatch.score(set, inExampleOrder);
    }
}
