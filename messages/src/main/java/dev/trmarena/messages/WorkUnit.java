package dev.trmarena.messages;

import java.util.Objects;
import java.util.UUID;

/**
 * A run of consecutive examples of one evaluation, small enough for one solver to finish within a lock period. It carries
 * references into the artifact store, never the data itself.
 *
 * @param evaluation the evaluation this unit belongs to
 * @param index position of this unit in its evaluation, from 0
 * @param checkpointManifest SHA-256 of the checkpoint's manifest artifact, which names the weights
 * @param puzzleSetManifest SHA-256 of the puzzle set's manifest artifact, which names the arrays
 * @param firstExample index of the first example in the puzzle set
 * @param exampleCount number of examples, at least 1
 * @param steps improvement steps to run, exactly
 */
public record WorkUnit(
        UUID evaluation,
        int index,
        String checkpointManifest,
        String puzzleSetManifest,
        int firstExample,
        int exampleCount,
        int steps) {
    public WorkUnit {
        Objects.requireNonNull(evaluation, "evaluation");
        Checks.digest("checkpointManifest", checkpointManifest);
        Checks.digest("puzzleSetManifest", puzzleSetManifest);
        Checks.atLeast("index", index, 0);
        Checks.atLeast("firstExample", firstExample, 0);
        Checks.atLeast("exampleCount", exampleCount, 1);
        Checks.atLeast("steps", steps, 1);
    }
}
