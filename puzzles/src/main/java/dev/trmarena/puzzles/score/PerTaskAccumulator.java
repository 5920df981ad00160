package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.set.AnswersAtOnce;
import dev.trmarena.puzzles.set.ArcSet;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers something for each test input of ARC tasks, and hands a task on as soon as its last example is behind: memory holds
 * the votes of a task or two at a time, not those of the whole set ({@link AnswersAtOnce} bounds them). Test inputs are told apart by their grid, as the authors
 * do: two equal inputs of a task share what is gathered.
 *
 * @param <V> what is gathered for a test input
 */
final class PerTaskAccumulator<V> {
    private final ArcSet set;
    private final Supplier<V> empty;
    private final BiConsumer<Integer, Map<Grid, V>> whole;
    /** The last example of each task that has one. */
    private final int[] lasts;

    private final Map<Integer, Map<Grid, V>> open = new TreeMap<>();
    private final BitSet handed = new BitSet();
    private int before = -1;

    /** @param whole is given each task once, with what was gathered by test input; tasks of which there was nothing come last */
    PerTaskAccumulator(ArcSet set, Supplier<V> empty, BiConsumer<Integer, Map<Grid, V>> whole) {
        this.set = set;
        this.empty = empty;
        this.whole = whole;
        this.lasts = lasts(set);
    }

    private static int[] lasts(ArcSet set) {
        var lasts = new int[set.taskCount()];
        for (int example = 0; example < set.exampleCount(); example++) {
            Integer task = set.taskOf(example);
            if (task != null) {
                lasts[task] = example;
            }
        }
        return lasts;
    }

    /**
     * What is gathered for the test input that this example shows.
     *
     * @param example after all those before
     * @return null when it is of none of the test tasks
     */
    @Nullable
    V at(int example) {
        if (example <= before) {
            // Sums of halt scores and the order of ties follow from the order: another one is another result.
            throw new IllegalArgumentException("example " + example + " comes after " + before);
        }
        before = example;
        Integer task = set.taskOf(example);
        if (task == null) {
            return null;
        }
        if (!open.containsKey(task)) {
            handOnBefore(example);
        }
        return open.computeIfAbsent(task, first -> new HashMap<>())
                .computeIfAbsent(set.originalInput(example), first -> empty.get());
    }

    /** There are no more examples. */
    void end() {
        handOnBefore(Integer.MAX_VALUE);
        for (int task = handed.nextClearBit(0); task < lasts.length; task = handed.nextClearBit(task + 1)) {
            whole.accept(task, Map.of());
        }
    }

    private void handOnBefore(int example) {
        for (int task : List.copyOf(open.keySet())) {
            if (lasts[task] < example) {
                handed.set(task);
                whole.accept(task, open.remove(task));
            }
        }
    }
}
