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
import org.jspecify.annotations.Nullable;

/**
 * Sudoku, maze and other sequences. Source: the metrics of the authors' {@code losses.py}; examples whose labels are all
 * ignored do not count. Intervals are by {@link Interval#wilson}, since puzzles are independent.
 */
final class ExactMatch implements Scoring {
    private final LabelledSet set;
    private volatile @Nullable BitSet counted;

    ExactMatch(LabelledSet set) {
        this.set = set;
    }

    /** Every example has one answer: there is nothing to vote for. */
    @Override
    public ScoreSheet score(
            Iterable<ScoredPrediction> predictions, VoteProtocol protocol, Consumer<? super OutputResult> each) {
        Integer ignore = set.manifest().ignoreLabel();
        List<OutputResult> outputs = new ArrayList<>();
        var labelledExamples = new BitSet();
        int haltAgrees = 0;
        double accuracy = 0;
        for (ScoredPrediction prediction : predictions) {
            int[] labels = set.label(prediction.example());
            byte[] cells = prediction.grid().cells();
            int labelled = 0;
            int wrong = 0;
            for (int i = 0; i < labels.length; i++) {
                if (ignore == null || labels[i] != ignore) {
                    labelled++;
                    wrong += labels[i] == (cells[i] & 0xff) ? 0 : 1;
                }
            }
            boolean right = wrong == 0;
            if (labelled > 0) {
                labelledExamples.set(prediction.example());
                accuracy += (labelled - wrong) / (double) labelled;
                haltAgrees += (prediction.qHalt() >= 0) == right ? 1 : 0;
            }
            var candidate = new RankedCandidate(prediction.grid(), 1, HaltScore.score(prediction.qHalt()));
            var result = new OutputResult(prediction.example(), 0, 1, right ? 1 : null, wrong, List.of(candidate));
            each.accept(result);
            outputs.add(result.bare());
        }
        int n = Math.max(labelledExamples.cardinality(), 1);
        return new ScoreSheet(
                new TreeMap<>(Map.of(
                        Metric.EXACT_ACCURACY.key(),
                        exactAccuracy(outputs, labelledExamples),
                        Metric.ACCURACY.key(),
                        accuracy / n,
                        Metric.Q_HALT_ACCURACY.key(),
                        haltAgrees / (double) n)),
                outputs);
    }

    /** Share of the outputs that count whose cells are all right. @param counted the examples that count */
    private static double exactAccuracy(List<OutputResult> outputs, BitSet counted) {
        int exact = 0;
        int trials = 0;
        for (OutputResult output : outputs) {
            if (counted.get(output.task())) {
                trials++;
                exact += output.solvedWithin(1) ? 1 : 0;
            }
        }
        return exact / (double) Math.max(trials, 1);
    }

    @Override
    public SortedMap<String, Interval> intervals(ScoreSheet sheet) {
        SortedMap<String, Interval> intervals = new TreeMap<>();
        if (sheet.metrics().isEmpty()) {
            return intervals;
        }
        BitSet examples = counted();
        long trials = sheet.outputs().stream()
                .filter(output -> examples.get(output.task()))
                .count();
        for (String name : List.of(Metric.EXACT_ACCURACY.key(), Metric.Q_HALT_ACCURACY.key())) {
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
