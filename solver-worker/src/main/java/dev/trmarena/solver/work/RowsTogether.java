package dev.trmarena.solver.work;

import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Prediction;
import dev.trmarena.solver.model.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many examples of a network and a puzzle set run together: as many as memory holds. What does not fit is halved, and stays
 * halved; that one example alone does not fit is trouble of its unit.
 */
final class RowsTogether {
    private static final Logger LOG = LoggerFactory.getLogger(RowsTogether.class);

    private int most;

    /** @param most by estimate */
    RowsTogether(int most) {
        this.most = most;
    }

    /** Runs examples through a network. */
    @FunctionalInterface
    interface Predict {
        /**
         * @param examples of one or more units
         * @param firsts the place at which each of these begins
         * @return one for each, in their order
         */
        List<Prediction> predict(int[] examples, int[] firsts) throws IOException;
    }

    /**
     * Whole units as far as they fit; a larger one is cut as if it were alone, wherever it stands.
     *
     * @param units the examples of each
     * @return an answer for each
     */
    static List<UnitSolver.Answer> answers(Network network, List<int[]> units, RowsTogether rows, Predict predict)
            throws IOException {
        List<List<Prediction>> predictions = new ArrayList<>();
        long[] nanos = new long[units.size()];
        for (int at = 0; at < units.size(); ) {
            int end = rows.end(units, at);
            long begun = System.nanoTime();
            List<Prediction> some = rows.predicted(units.subList(at, end), predict);
            if (some.isEmpty()) {
                continue;
            }
            double each = (System.nanoTime() - begun) / (double) some.size();
            for (int from = 0; at < end; at++) {
                int count = units.get(at).length;
                predictions.add(List.copyOf(some.subList(from, from + count)));
                nanos[at] = (long) (each * count);
                from += count;
            }
        }
        return IntStream.range(0, units.size())
                .mapToObj(i -> new UnitSolver.Answer(network.kernels().key(), nanos[i] / 1_000_000, predictions.get(i)))
                .toList();
    }

    /** Behind the last unit that runs together with this one. */
    private int end(List<int[]> units, int first) {
        int end = first + 1;
        int sum = units.get(first).length;
        while (end < units.size() && sum + units.get(end).length <= most) {
            sum += units.get(end).length;
            end++;
        }
        return end;
    }

    /** @return nothing when memory did not hold several units, which are cut anew then */
    private List<Prediction> predicted(List<int[]> units, Predict predict) throws IOException {
        int[] examples = units.stream().flatMapToInt(Arrays::stream).toArray();
        int[] firsts = new int[units.size()];
        for (int i = 1; i < firsts.length; i++) {
            firsts[i] = firsts[i - 1] + units.get(i - 1).length;
        }
        List<Prediction> predictions = new ArrayList<>();
        while (predictions.size() < examples.length) {
            int from = predictions.size();
            int to = Math.min(examples.length, from + most);
            try {
                predictions.addAll(predict.predict(
                        Arrays.copyOfRange(examples, from, to), firsts.length > 1 ? firsts : new int[] {0}));
            } catch (RuntimeException e) {
                halve(to - from, e);
                if (firsts.length > 1) {
                    return List.of();
                }
            }
        }
        return predictions;
    }

    /** @throws RuntimeException what was wrong, if it is not that so many rows take too much memory */
    private void halve(int rows, RuntimeException trouble) {
        if (rows == 1 || Delivery.kind(trouble) != FailureKind.MEMORY) {
            throw trouble;
        }
        most = rows / 2;
        LOG.warn("{} examples do not fit into memory together, going on with {}: {}", rows, most, trouble.toString());
    }
}
