package dev.trmarena.puzzles.score;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which of several evaluations of one puzzle set solve each of its tasks. A <em>pattern</em> has a bit for each evaluation, the
 * first one's the lowest: 5 are the tasks that the first and the third solve, and nobody else.
 */
public final class SolvedBy {
    /** So many evaluations at most, which gives 64 patterns. */
    public static final int MOST = 6;

    private final List<SolvedTasks> evaluations;

    /** @throws IllegalArgumentException when they are too many, or about different tasks */
    public SolvedBy(List<SolvedTasks> evaluations) {
        if (evaluations.size() > MOST) {
            throw new IllegalArgumentException(evaluations.size() + " evaluations; " + MOST + " at most");
        }
        this.evaluations = List.copyOf(evaluations);
        this.evaluations.forEach(evaluation -> evaluation.requireSameTasks(evaluations.get(0)));
    }

    /** What is solved by exactly those of the pattern: a bit a task. */
    public BitSet tasks(int pattern) {
        BitSet tasks = evaluations.get(0).answered();
        for (int i = 0; i < evaluations.size(); i++) {
            evaluations.get(i).keep(tasks, solves(pattern, i));
        }
        return tasks;
    }

    public static boolean solves(int pattern, int evaluation) {
        return ((pattern >> evaluation) & 1) == 1;
    }

    /** Every pattern, from those that divide the evaluations in halves to those in which they agree; of two alike what more of them solve. */
    public List<Integer> byDisagreement() {
        int size = evaluations.size();
        Comparator<Integer> order = Comparator.comparingInt(
                pattern -> -Math.min(Integer.bitCount(pattern), size - Integer.bitCount(pattern)));
        return IntStream.range(0, 1 << size)
                .boxed()
                .sorted(order.thenComparing(pattern -> -Integer.bitCount(pattern))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** A task with its pattern. */
    public record Task(int index, int pattern) {}

    /**
     * Tasks by disagreement, those of one pattern in the order of the set.
     *
     * @param wanted patterns to look at
     * @param after the task behind which they begin; -1 for the first ones
     * @return fewer than the limit when there are no more
     */
    public List<Task> page(IntPredicate wanted, int after, int limit) {
        List<Integer> patterns = byDisagreement().stream().filter(wanted::test).toList();
        int last = after < 0 ? -1 : patternOf(after);
        var found = new ArrayList<Task>();
        for (int pattern : patterns.subList(Math.max(0, patterns.indexOf(last)), patterns.size())) {
            BitSet tasks = tasks(pattern);
            int from = pattern == last ? after + 1 : 0;
            for (int task = tasks.nextSetBit(from); task >= 0; task = tasks.nextSetBit(task + 1)) {
                if (found.size() == limit) {
                    return found;
                }
                found.add(new Task(task, pattern));
            }
        }
        return found;
    }

    private int patternOf(int task) {
        int pattern = 0;
        for (int i = 0; i < evaluations.size(); i++) {
            pattern |= evaluations.get(i).solved(task) ? 1 << i : 0;
        }
        return pattern;
    }
}
