package dev.trmarena.puzzles.score;

/** The halt score of a prediction. */
final class HaltScore {
    private HaltScore() {}

    /** sigmoid(q_halt), in double precision as the authors' evaluator computes it. */
    static double score(float qHalt) {
        return 1 / (1 + Math.exp(-(double) qHalt));
    }
}
