package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.PuzzleSet;

/**
 * Which examples of an ARC task vote.
 *
 * @param augmentations how many augmentations of each task vote beside the original, the first in the order of the
 *     identifiers
 */
public record VoteProtocol(int augmentations) {
    /** Everything that was predicted votes: the authors' protocol. */
    public static final VoteProtocol ALL = new VoteProtocol(Integer.MAX_VALUE);

    /** Votes off: only the example that shows the task as it is counts. */
    public static final VoteProtocol ORIGINAL_ONLY = new VoteProtocol(0);

    public VoteProtocol {
        if (augmentations < 0) {
            throw new IllegalArgumentException(augmentations + " augmentations");
        }
    }

    /** Whether this example is to be solved at all: what does not vote is not run. */
    public boolean votes(PuzzleSet set, int example) {
        return augmentations == Integer.MAX_VALUE || set.augmentationOrdinal(example) <= augmentations;
    }
}
