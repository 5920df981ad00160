package dev.trmarena.ingest.remove;

import java.util.List;

/**
 * What a removal takes away, or has taken away.
 *
 * @param done false when this only tells what would go
 * @param evaluations how many, with their answers, scores and histories
 * @param running how many of these are or were not over; their solvers are told
 * @param models names that nothing is left of
 * @param checkpoints how many sets of weights nobody else has evaluated
 * @param puzzleSet whether the set itself goes
 * @param bytes of artifacts that nobody else needs
 */
record RemovalView(
        boolean done,
        int evaluations,
        int running,
        List<String> models,
        int checkpoints,
        boolean puzzleSet,
        long bytes) {
    RemovalView {
        models = List.copyOf(models);
    }
}
