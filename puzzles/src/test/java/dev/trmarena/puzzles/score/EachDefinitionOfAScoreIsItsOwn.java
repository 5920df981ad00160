package dev.trmarena.puzzles.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Five tasks on which no two definitions agree but those of {@code pass@2} and {@code arc_prize}, which are one number on
 * every set: a mean over all its tasks, with or without an answer. The numbers are worked out by hand.
 *
 * <pre>
 * task  ranks of the solutions           right at 1, 2, 5, 10, 100, 1000   of
 *    0  1                                         1  1  1   1    1     1    1
 *    1  2, not found                              0  1  1   1    1     1    2
 *    2  1, 3, 2                                   1  2  3   3    3     3    3
 *    3  nothing was predicted                     0  0  0   0    0     0    1
 *    4  6, 11, 101, 1001                          0  0  0   1    2     3    4
 * </pre>
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EachDefinitionOfAScoreIsItsOwn {
    private static final double ROUNDING = 1e-12;

    private static final List<OutputResult> RESULTS = results();

    private static List<OutputResult> results() {
        List<OutputResult> results = new ArrayList<>();
        add(results, 0, 1);
        add(results, 1, 2, null);
        add(results, 2, 1, 3, 2);
        results.add(new OutputResult(3, 0, 0, null, null, List.of()));
        add(results, 4, 6, 11, 101, 1001);
        return results;
    }

    private static void add(List<OutputResult> results, int task, @Nullable Integer... ranks) {
        for (int output = 0; output < ranks.length; output++) {
            results.add(new OutputResult(task, output, 2000, ranks[output], null, List.of()));
        }
    }

    @Test
    void by_hand() {
        SortedMap<String, Double> values = ArcMetrics.of(RESULTS).metrics();
        Map<String, Double> byHand = Map.of(
                // (1 + 0 + 1/3 + 0 + 0) / 5
                "pass@1", 4.0 / 15,
                // (1 + 1/2 + 2/3 + 0 + 0) / 5
                "pass@2", 13.0 / 30,
                // (1 + 1/2 + 1 + 0 + 0) / 5
                "pass@5", 1.0 / 2,
                // and 1/4, 2/4, 3/4 of the last task
                "pass@10", 11.0 / 20,
                "pass@100", 3.0 / 5,
                "pass@1000", 13.0 / 20,
                // over all five tasks; over the four that were answered it would be 13/24
                "arc_prize", 13.0 / 30,
                // 1 + 1 + 2 of 11 outputs
                "kaggle", 4.0 / 11,
                // only the first task
                "strict", 1.0 / 5);
        assertThat(values.keySet()).isEqualTo(byHand.keySet());
        byHand.forEach((name, value) -> assertThat(values.get(name)).as(name).isCloseTo(value, within(ROUNDING)));
    }

    /** What an interval is drawn from is the same share of each task: over equal tasks nothing is left to chance. */
    @Test
    void and_so_is_what_its_interval_is_drawn_from() {
        List<OutputResult> results = new ArrayList<>();
        for (int task = 0; task < 40; task++) {
            add(results, task, 1, 2, 3);
        }
        SortedMap<String, Interval> intervals = ArcMetrics.of(results).intervals();
        Map<String, Double> shares = Map.of(
                "pass@1", 1.0 / 3,
                "pass@2", 2.0 / 3,
                "pass@5", 1.0,
                "pass@10", 1.0,
                "pass@100", 1.0,
                "pass@1000", 1.0,
                "arc_prize", 2.0 / 3,
                "kaggle", 2.0 / 3,
                "strict", 0.0);
        assertThat(intervals.keySet()).isEqualTo(shares.keySet());
        intervals.forEach((name, interval) -> {
            assertThat(interval.low()).as(name).isCloseTo(shares.get(name), within(ROUNDING));
            assertThat(interval.high()).as(name).isCloseTo(shares.get(name), within(ROUNDING));
        });
    }
}
