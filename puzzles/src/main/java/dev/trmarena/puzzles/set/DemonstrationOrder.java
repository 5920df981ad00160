package dev.trmarena.puzzles.set;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * The order in which the demonstrations of a whole set are offered to the slots of a training step, as the authors' loader has it: all
 * tasks in random order, of each one row, drawn, with all its demonstrations in random order; then all tasks again in another order. It
 * follows from the seed alone, so that whoever goes on in the middle draws what came before and has the same. Rows that do not vote are
 * not trained. See {@code docs/adaptation.md}.
 */
public final class DemonstrationOrder {
    /** By task, one example of each of its rows. */
    private final List<List<Integer>> rows;

    private final List<Integer> sizes;
    private final SplittableRandom random;
    private final long exploration;
    private final List<Shown> next = new ArrayList<>();

    /**
     * @param example one of the row, see {@link RowDemonstrations}
     * @param pair of its demonstrations
     */
    public record Shown(int example, int pair) {}

    private DemonstrationOrder(List<List<Integer>> rows, List<Integer> sizes, int seed) {
        this.rows = rows;
        this.sizes = sizes;
        // Identifiers follow in the lower half, so no row has this stream.
        this.random = new SplittableRandom((long) seed << Integer.SIZE);
        this.exploration = random.nextLong();
    }

    /**
     * @param votes whether an example does
     * @throws IllegalArgumentException for a set without demonstrations
     */
    public static DemonstrationOrder of(PuzzleSet set, IntPredicate votes, int seed) {
        return set.match(arc -> of(arc, votes, seed), labelled -> {
            throw new IllegalArgumentException("a " + labelled.manifest().kind().key() + " set has no demonstrations");
        });
    }

    private static DemonstrationOrder of(ArcSet set, IntPredicate votes, int seed) {
        Map<Integer, Map<Integer, Integer>> rowsOfTasks = new LinkedHashMap<>();
        for (int example = 0; example < set.exampleCount(); example++) {
            Integer task = set.taskOf(example);
            if (task != null && votes.test(example) && !set.demonstrations(task).isEmpty()) {
                rowsOfTasks
                        .computeIfAbsent(task, first -> new LinkedHashMap<>())
                        .putIfAbsent(set.puzzleIdentifier(example), example);
            }
        }
        if (rowsOfTasks.isEmpty()) {
            throw new IllegalArgumentException(
                    "the puzzle set has no demonstrations that anything could be trained on");
        }
        List<List<Integer>> rows = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        rowsOfTasks.forEach((task, examples) -> {
            rows.add(List.copyOf(examples.values()));
            sizes.add(set.demonstrations(task).size());
        });
        return new DemonstrationOrder(rows, sizes, seed);
    }

    /** Seed of the exploration: which slots have to go on, and for how long. */
    public long exploration() {
        return exploration;
    }

    /** What is offered next. */
    public Shown next() {
        if (next.isEmpty()) {
            for (int task : shuffled(rows.size())) {
                List<Integer> its = rows.get(task);
                int example = its.get(random.nextInt(its.size()));
                for (int pair : shuffled(sizes.get(task))) {
                    next.add(new Shown(example, pair));
                }
            }
            Collections.reverse(next);
        }
        return next.remove(next.size() - 1);
    }

    private int[] shuffled(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
