package dev.trmarena.solver.work;

import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How fast this solver was at each of the last evaluations, and so how much of one it takes at a time: what it does in about
 * two seconds. Of one that it does not know it takes a single unit. For several threads.
 */
final class Pace {
    /** Of a batch: a fraction of what a solver that dies loses anyway, and long beside the pauses between two of them. */
    static final Duration FULL = Duration.ofSeconds(2);

    /** No two batches take equally long; so long one may take. */
    private static final Duration MOST = Duration.ofSeconds(3);

    /** However short they are: other solvers want some, too, and the broker locks about 2,000. */
    static final int MOST_UNITS = 256;

    private static final int REMEMBERED = 32;

    private final Map<UUID, Double> millisPerExample = new LinkedHashMap<>(4, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Double> eldest) {
            return size() > REMEMBERED;
        }
    };

    private int units = 1;

    /**
     * Canaries may have settings of their own, and say nothing.
     *
     * @param answers to these units, which were solved together
     */
    synchronized void measured(List<WorkUnit> together, List<UnitSolver.Answer> answers) {
        if (together.get(0).purpose() != Purpose.SCORE) {
            return;
        }
        double millis =
                answers.stream().mapToLong(UnitSolver.Answer::computeMillis).sum();
        int examples = examples(together);
        // What took no time that could be measured took some.
        double each = Math.max(1, millis) / examples;
        millisPerExample.put(together.get(0).evaluation(), each);
        int wanted = (int) Math.min(MOST_UNITS, FULL.toMillis() * together.size() / Math.max(1, millis));
        // Not what differs a little: another number means another consumer.
        if (wanted >= 2 * units || wanted * MOST.toMillis() < units * FULL.toMillis()) {
            units = Math.max(1, Integer.highestOneBit(wanted));
        }
    }

    /** As many as the last units were that it does in two seconds. */
    synchronized int units() {
        return units;
    }

    /** As many of this evaluation as may run together; 0 where its pace is not known. */
    synchronized int examples(UUID evaluation) {
        Double each = millisPerExample.get(evaluation);
        return each == null ? 0 : (int) Math.min(Integer.MAX_VALUE, MOST.toMillis() / each);
    }

    /** Whether all these, of one evaluation, will be over soon. */
    boolean isShort(List<WorkUnit> together) {
        return examples(together) <= examples(together.get(0).evaluation());
    }

    private static int examples(List<WorkUnit> together) {
        return together.stream().mapToInt(WorkUnit::exampleCount).sum();
    }
}
