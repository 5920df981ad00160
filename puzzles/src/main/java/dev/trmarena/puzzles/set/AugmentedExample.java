package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.arc.Augmentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an example shows of its task.
 *
 * @param outputs the test outputs that it votes for, several where their inputs are equal; none when it is of no test task
 * @param ordinal 0 when it shows the task as it is, n when it shows the n-th of the augmentations
 * @param augmentation what was done to the grids; null for the blank identifier and other unnamed ones
 */
public record AugmentedExample(
        List<Integer> outputs, int ordinal, @Nullable Augmentation augmentation) {
    public AugmentedExample {
        outputs = List.copyOf(outputs);
    }
}
