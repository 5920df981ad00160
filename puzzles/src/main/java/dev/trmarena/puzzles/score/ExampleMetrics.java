package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.Metric;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The metrics of single examples that the authors' trainers log. Source: {@code models/losses.py}; defined in {@code
 * docs/scoring.md}, section 5.
 */
final class ExampleMetrics {
    private int examples;
    private int exact;
    private int haltAgrees;
    /** Sum of the shares of right cells. */
    private double accuracy;

    /** One more example. @param qHalt its halt logit */
    void add(LabelMatch match, float qHalt) {
        if (match.counts()) {
            examples++;
            exact += match.exact() ? 1 : 0;
            haltAgrees += (qHalt >= 0) == match.exact() ? 1 : 0;
            accuracy += (match.labelled() - match.wrong()) / (double) match.labelled();
        }
    }

    /** Those that count. */
    int examples() {
        return examples;
    }

    /** By name; zeros when no example counts. */
    SortedMap<String, Double> metrics() {
        SortedMap<String, Double> values = new TreeMap<>();
        values.put(Metric.EXACT_ACCURACY.key(), share(exact));
        values.put(Metric.ACCURACY.key(), share(accuracy));
        values.put(Metric.Q_HALT_ACCURACY.key(), share(haltAgrees));
        return values;
    }

    /** What a sum over the examples is in the mean. */
    double share(double sum) {
        return sum / Math.max(examples, 1);
    }
}
