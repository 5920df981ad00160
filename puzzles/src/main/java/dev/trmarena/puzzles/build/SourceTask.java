package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.ArcTask.Pair;
import java.util.ArrayList;
import java.util.List;

/**
 * A task as it was read.
 *
 * @param testFirst whether its file names the test pairs before the demonstrations; where both go to the train split they go
 *     there in this order
 */
public record SourceTask(ArcTask task, boolean testFirst) {
    String name() {
        return task.name();
    }

    /** Demonstrations and test pairs, in the order of the file. */
    List<Pair> allPairs() {
        var pairs = new ArrayList<Pair>(testFirst ? task.tests() : task.demonstrations());
        pairs.addAll(testFirst ? task.demonstrations() : task.tests());
        return pairs;
    }
}
