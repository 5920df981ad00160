package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.LabelledSet;
import dev.trmarena.puzzles.set.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sudoku, maze and other sequences. Source: the metrics of the authors' {@code losses.py}; examples whose labels are all
 * ignored do not count. Intervals are by {@link Interval#wilson}, since puzzles are independent.
 */
final class ExactMatch implements Scoring {
    /** Scores that count puzzles; the others have no interval. */
    private static final List<String> SHARES_OF_PUZZLES = Stream.of(
                    Metric.EXACT_ACCURACY, Metric.Q_HALT_ACCURACY, Metric.VALID_PATH, Metric.VALID_SOLUTION)
            .map(Metric::key)
            .toList();

    private final LabelledSet set;
    private volatile @Nullable BitSet counted;

    ExactMatch(LabelledSet set) {
        this.set = set;
    }

    /** Every example has one answer: there is nothing to vote for. */
    @Override
    public ScoreSheet score(
            Iterable<ScoredPrediction> predictions, VoteProtocol protocol, Consumer<? super OutputResult> each) {
        var outputs = new AnsweredPuzzles(set.exampleCount());
        var examples = new ExampleMetrics();
        Metric validity = set.validity().orElse(null);
        int valid = 0;
        for (ScoredPrediction prediction : predictions) {
            int example = prediction.example();
            byte[] cells = prediction.grid().cells();
            LabelMatch match =
                    LabelMatch.of(set.label(example), cells, set.manifest().ignoreLabel());
            examples.add(match, prediction.qHalt());
            valid += validity != null && match.counts() && set.isValid(example, cells) ? 1 : 0;
            var candidate = new RankedCandidate(prediction.grid(), 1, HaltScore.score(prediction.qHalt()));
            each.accept(AnsweredPuzzles.result(example, match.wrong(), List.of(candidate)));
            outputs.add(example, match);
        }
        SortedMap<String, Double> metrics = examples.metrics();
        if (validity != null) {
            metrics.put(validity.key(), examples.share(valid));
        }
        return new ScoreSheet(metrics, outputs);
    }

    @Override
    public PartialSheet scorePartly(
            Iterable<ScoredPrediction> predictions, VoteProtocol protocol, Consumer<? super OutputResult> each) {
        ScoreSheet sheet = score(predictions, protocol, each);
        double share = trials(sheet) / (double) Math.max(counted().cardinality(), 1);
        SortedMap<String, Double> atLeast = new TreeMap<>(sheet.metrics());
        atLeast.replaceAll((name, value) -> value * share);
        return new PartialSheet(sheet.outputs().size(), set.taskCount(), sheet, atLeast);
    }

    /** Puzzles of a sheet that count. */
    private long trials(ScoreSheet sheet) {
        BitSet examples = counted();
        return sheet.outputs().stream()
                .filter(output -> examples.get(output.task()))
                .count();
    }

    @Override
    public SortedMap<String, Interval> intervals(ScoreSheet sheet) {
        SortedMap<String, Interval> intervals = new TreeMap<>();
        if (sheet.metrics().isEmpty()) {
            return intervals;
        }
        long trials = trials(sheet);
        for (String name : SHARES_OF_PUZZLES) {
            Double share = sheet.metrics().get(name);
            if (share != null && trials > 0) {
                intervals.put(name, Interval.wilson(Math.round(share * trials), trials));
            }
        }
        return intervals;
    }

    @Override
    public PartialScore part() {
        return set.manifest().solutionsHidden() ? PartialScore.NONE : new Part(counted());
    }

    /** Of the examples that count. */
    private static final class Part implements PartialScore {
        private final BitSet counted;
        private boolean any;
        private int trials;
        private int exact;

        Part(BitSet counted) {
            this.counted = counted;
        }

        @Override
        public void add(int task, @Nullable Integer solutionRank) {
            any = true;
            if (counted.get(task)) {
                trials++;
                exact += solutionRank != null && solutionRank <= 1 ? 1 : 0;
            }
        }

        @Override
        public SortedMap<String, Double> metrics() {
            return any
                    ? new TreeMap<>(Map.of(Metric.EXACT_ACCURACY.key(), exact / (double) Math.max(trials, 1)))
                    : new TreeMap<>();
        }

        @Override
        public SortedMap<String, Interval> intervals() {
            return trials > 0
                    ? new TreeMap<>(Map.of(Metric.EXACT_ACCURACY.key(), Interval.wilson(exact, trials)))
                    : new TreeMap<>();
        }
    }

    @Override
    public List<StepScore> bySteps(Iterable<FollowedExample> followed, int steps) {
        if (set.manifest().solutionsHidden()) {
            return List.of();
        }
        int[] right = new int[steps];
        int trials = 0;
        for (FollowedExample each : followed) {
            int task = each.example();
            if (!counts(task)) {
                continue;
            }
            trials++;
            long solution = StepHistory.solution(set, task, 0);
            for (int step = 1; step <= steps; step++) {
                right[step - 1] += each.stepHistory().answerAfter(step) == solution ? 1 : 0;
            }
        }
        if (trials == 0) {
            return List.of();
        }
        List<SortedMap<String, Double>> metrics = new ArrayList<>();
        Interval[] intervals = new Interval[steps];
        for (int i = 0; i < steps; i++) {
            metrics.add(new TreeMap<>(Map.of(Metric.EXACT_ACCURACY.key(), right[i] / (double) trials)));
            intervals[i] = Interval.wilson(right[i], trials);
        }
        return StepScore.ofSteps(metrics, intervals);
    }

    /** Whether an example has a label that is not ignored. */
    private boolean counts(int example) {
        Integer ignore = set.manifest().ignoreLabel();
        return ignore == null || Arrays.stream(set.label(example)).anyMatch(label -> label != ignore);
    }

    /** The examples that count. The first time, all labels of the set are read, where any can be ignored. */
    private BitSet counted() {
        BitSet known = counted;
        if (known == null) {
            known = new BitSet();
            for (int example = 0; example < set.exampleCount(); example++) {
                known.set(example, counts(example));
            }
            counted = known;
        }
        return known;
    }
}
