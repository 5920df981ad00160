package dev.trmarena.arena.command;

import dev.trmarena.puzzles.arc.ArcRecipe.SplitOrder;
import java.util.List;
import picocli.CommandLine.Option;

/** How a set is made of raw puzzles. */
final class RecipeOptions {
    @Option(
            names = "--subsets",
            split = ",",
            paramLabel = "NAME",
            description = "ARC: subsets, in the order of reading.")
    List<String> subsets = List.of();

    @Option(names = "--test-set", split = ",", paramLabel = "NAME", description = "ARC: the subsets to be predicted.")
    List<String> testSets = List.of();

    @Option(
            names = "--augmentations",
            paramLabel = "N",
            defaultValue = "1000",
            description = "ARC: of each task (default: ${DEFAULT-VALUE}).")
    int augmentations;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Of NumPy's legacy generator (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--split-order",
            paramLabel = "ORDER",
            defaultValue = "train,test",
            description = "train,test or test,train: only matters where the first subset is a test set"
                    + " (default: ${DEFAULT-VALUE}).")
    String splitOrder;

    SplitOrder order() {
        return switch (splitOrder) {
            case "train,test" -> SplitOrder.TRAIN_TEST;
            case "test,train" -> SplitOrder.TEST_TRAIN;
            default ->
                throw new IllegalArgumentException("--split-order is train,test or test,train, not " + splitOrder);
        };
    }
}
