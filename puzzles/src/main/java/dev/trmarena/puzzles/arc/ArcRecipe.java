package dev.trmarena.puzzles.arc;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How an ARC set is made of raw tasks. The row of every task in a model's puzzle embedding follows from it, so a model is only
 * worth something on a set of the recipe that it was trained with.
 *
 * @param subsets in the order in which they are read; each once
 * @param testSets those whose test outputs are predicted
 * @param augmentations of each task, wanted; at most five times as many are tried
 * @param seed of NumPy's legacy generator, 0 to 2³²−1
 * @param splitOrder which split comes first where the first subset feeds both: the authors' code leaves that to the order of a
 *     Python set, so both are valid
 */
public record ArcRecipe(
        List<String> subsets, List<String> testSets, int augmentations, long seed, SplitOrder splitOrder) {
    /** Which split is first met. */
    public enum SplitOrder {
        @JsonProperty("train,test")
        TRAIN_TEST,
        @JsonProperty("test,train")
        TEST_TRAIN
    }

    /** Tries for each wanted augmentation. Source: {@code ARCAugmentRetriesFactor} of the authors' builder. */
    public static final int TRIES = 5;

    private static final int MOST_AUGMENTATIONS = 100_000;

    public ArcRecipe {
        subsets = List.copyOf(subsets);
        testSets = List.copyOf(testSets);
        if (subsets.isEmpty() || subsets.stream().distinct().count() != subsets.size()) {
            throw new IllegalArgumentException("subsets " + subsets + "; name at least one, each once");
        }
        if (testSets.isEmpty() || !subsets.containsAll(testSets)) {
            throw new IllegalArgumentException(
                    "test sets " + testSets + "; name at least one, all of them among the subsets " + subsets);
        }
        if (augmentations < 0 || augmentations > MOST_AUGMENTATIONS) {
            throw new IllegalArgumentException(
                    augmentations + " augmentations; 0 to " + MOST_AUGMENTATIONS + " can be made");
        }
        if (seed < 0 || seed > 0xffffffffL) {
            throw new IllegalArgumentException("seed " + seed + "; 0 to 4294967295 are seeds");
        }
    }

    /** The split that is written, numbered and drawn for first. */
    public boolean testFirst() {
        return splitOrder == SplitOrder.TEST_TRAIN && testSets.contains(subsets.get(0));
    }
}
