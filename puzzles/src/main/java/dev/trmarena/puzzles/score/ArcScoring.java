package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.set.ArcSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * ARC: the augmented examples of a test input vote for its output. Source: the authors' {@code evaluators/arc.py} for votes
 * and {@code pass@K}. Intervals are by {@link TaskBootstrap}, since the outputs of a task stand and fall together.
 */
final class ArcScoring implements Scoring {
    /** Steps whose intervals are drawn together: the draws are the same for all, and each takes a number a task. */
    private static final int STEPS_AT_ONCE = 32;

    private final ArcSet set;

    ArcScoring(ArcSet set) {
        this.set = set;
    }

    @Override
    public ScoreSheet score(
            Iterable<ScoredPrediction> predictions, VoteProtocol protocol, Consumer<? super OutputResult> each) {
        var count = new Count(predictions, protocol, each);
        SortedMap<String, Double> metrics = count.ofExamples();
        if (!hidden()) {
            metrics.putAll(ArcMetrics.of(count.outputs).metrics());
        }
        return new ScoreSheet(metrics, count.outputs);
    }

    @Override
    public PartialSheet scorePartly(
            Iterable<ScoredPrediction> predictions, VoteProtocol protocol, Consumer<? super OutputResult> each) {
        var count = new Count(predictions, protocol, each);
        BitSet whole = count.answeredWhole(protocol);
        // More votes might rank another candidate first: of a task that lacks some, nothing is known for sure.
        var all = new ArcMetrics();
        count.outputs.forEach(
                output -> all.add(output.task(), whole.get(output.task()) ? output.solutionRank() : null));
        List<OutputResult> answered = count.outputs.stream()
                .filter(output -> whole.get(output.task()))
                .toList();
        SortedMap<String, Double> metrics = count.ofExamples();
        SortedMap<String, Double> atLeast = new TreeMap<>(metrics);
        atLeast.replaceAll((name, value) -> value * count.examples / count.wanted(protocol));
        if (!hidden()) {
            metrics.putAll(ArcMetrics.of(answered).metrics());
            atLeast.putAll(all.metrics());
        }
        return new PartialSheet(whole.cardinality(), set.taskCount(), new ScoreSheet(metrics, answered), atLeast);
    }

    /** Against made-up solutions there is nothing to measure, and nobody is right, not even by chance. */
    private boolean hidden() {
        return set.manifest().solutionsHidden();
    }

    /** What was predicted, counted: the votes of each task, and each example for itself. */
    private final class Count {
        /** In order, without their candidates. */
        private final List<OutputResult> outputs;

        private final ExampleMetrics ofEach = new ExampleMetrics();
        /** Examples that were answered, of each task and of all. */
        private final int[] answered = new int[set.taskCount()];

        private int examples;
        private boolean labelled = true;

        /** @param each gets every test output with its candidates */
        Count(Iterable<ScoredPrediction> predictions, VoteProtocol protocol, Consumer<? super OutputResult> each) {
            Map<Integer, List<OutputResult>> byTask = new TreeMap<>();
            var votes = new PerTaskAccumulator<Ballot<Grid>>(set, Ballot::new, (task, ballots) -> {
                List<OutputResult> results = results(task, ballots, hidden());
                results.forEach(each);
                byTask.put(task, results.stream().map(OutputResult::bare).toList());
            });
            for (ScoredPrediction prediction : predictions) {
                Ballot<Grid> ballot = votes.at(prediction.example());
                if (!protocol.votes(set, prediction.example())) {
                    continue;
                }
                examples++;
                LabelMatch match = prediction.beforeVoting();
                labelled &= match != null;
                if (match != null) {
                    ofEach.add(match, prediction.qHalt());
                }
                Integer task = set.taskOf(prediction.example());
                if (ballot != null && task != null) {
                    ballot.vote(prediction.grid(), prediction.qHalt());
                    answered[task]++;
                }
            }
            votes.end();
            outputs = byTask.values().stream().flatMap(List::stream).toList();
        }

        /** The metrics that the authors' trainers log; empty where not every example has been compared with its labels. */
        SortedMap<String, Double> ofExamples() {
            return labelled && ofEach.examples() > 0 ? ofEach.metrics() : new TreeMap<>();
        }

        /** Tasks of which every example was answered that the protocol runs. */
        BitSet answeredWhole(VoteProtocol protocol) {
            int[] wanted = new int[answered.length];
            examplesOf(protocol).forEach(example -> {
                Integer task = set.taskOf(example);
                if (task != null) {
                    wanted[task]++;
                }
            });
            return IntStream.range(0, wanted.length)
                    .filter(task -> wanted[task] > 0 && answered[task] == wanted[task])
                    .collect(BitSet::new, BitSet::set, BitSet::or);
        }

        /** Examples that the protocol runs. */
        long wanted(VoteProtocol protocol) {
            return examplesOf(protocol).count();
        }

        private IntStream examplesOf(VoteProtocol protocol) {
            return IntStream.range(0, set.exampleCount()).filter(example -> protocol.votes(set, example));
        }
    }

    private List<OutputResult> results(int task, Map<Grid, Ballot<Grid>> ballots, boolean hidden) {
        List<OutputResult> outputs = new ArrayList<>();
        for (int output = 0; output < set.outputCount(task); output++) {
            Ballot<Grid> ballot = ballots.getOrDefault(set.taskInput(task, output), new Ballot<>());
            List<RankedCandidate> ranked = ballot.ranked().stream()
                    .map(each -> new RankedCandidate(each.answer(), each.votes(), each.meanHalt()))
                    .toList();
            outputs.add(result(task, output, ranked, hidden ? null : set.solution(task, output)));
        }
        return outputs;
    }

    private static OutputResult result(int task, int output, List<RankedCandidate> ranked, @Nullable Grid solution) {
        Integer rank = null;
        for (int i = 0; i < ranked.size() && rank == null; i++) {
            rank = ranked.get(i).grid().equals(solution) ? Integer.valueOf(i + 1) : null;
        }
        Integer wrong = ranked.isEmpty() || solution == null
                ? null
                : WrongCells.between(ranked.get(0).grid(), solution, null);
        return new OutputResult(
                task, output, ranked.size(), rank, wrong, ranked.subList(0, Math.min(ranked.size(), OutputResult.TOP)));
    }

    @Override
    public SortedMap<String, Interval> intervals(ScoreSheet sheet) {
        return sheet.metrics().isEmpty()
                ? new TreeMap<>()
                : ArcMetrics.of(sheet.outputs()).intervals();
    }

    @Override
    public PartialScore part() {
        return hidden() ? PartialScore.NONE : new ArcMetrics();
    }

    @Override
    public List<StepScore> bySteps(Iterable<FollowedExample> followed, int steps) {
        if (hidden()) {
            return List.of();
        }
        var ranks = new byte[set.taskCount()][][];
        var votes = new PerTaskAccumulator<List<StepHistory>>(
                set, ArrayList::new, (task, histories) -> ranks[task] = ranksBySteps(task, histories, steps));
        boolean any = false;
        for (FollowedExample each : followed) {
            List<StepHistory> histories = votes.at(each.example());
            if (histories != null) {
                histories.add(each.stepHistory());
                any = true;
            }
        }
        if (!any) {
            return List.of();
        }
        votes.end();
        List<SortedMap<String, Double>> metrics = new ArrayList<>();
        var intervals = new Interval[steps];
        for (int from = 0; from < steps; from += STEPS_AT_ONCE) {
            var shares = new double[Math.min(STEPS_AT_ONCE, steps - from)][];
            for (int i = 0; i < shares.length; i++) {
                ArcMetrics ofStep = after(from + i, ranks);
                metrics.add(ofStep.metrics());
                shares[i] = ofStep.sharesOfAttempts();
            }
            Interval[] found = TaskBootstrap.ofMeans(shares);
            System.arraycopy(found, 0, intervals, from, found.length);
        }
        return StepScore.ofSteps(metrics, intervals);
    }

    /** @param step from 0 */
    private static ArcMetrics after(int step, byte[][][] ranks) {
        var metrics = new ArcMetrics();
        for (int task = 0; task < ranks.length; task++) {
            for (byte[] output : ranks[task]) {
                metrics.add(task, ArcMetrics.unpacked(output[step]));
            }
        }
        return metrics;
    }

    /** Of each test output of a task the rank of its solution after each step, {@linkplain ArcMetrics#packed packed}. */
    private byte[][] ranksBySteps(int task, Map<Grid, List<StepHistory>> histories, int steps) {
        var ranks = new byte[set.outputCount(task)][steps];
        for (int output = 0; output < ranks.length; output++) {
            List<StepHistory> own = histories.getOrDefault(set.taskInput(task, output), List.of());
            long solution = StepHistory.solution(set, task, output);
            for (int step = 1; step <= steps; step++) {
                ranks[output][step - 1] = ArcMetrics.packed(rank(own, step, solution));
            }
        }
        return ranks;
    }

    private static @Nullable Integer rank(List<StepHistory> histories, int step, long solution) {
        Ballot<Long> ballot = new Ballot<>();
        histories.forEach(history -> ballot.vote(history.answerAfter(step), history.qHaltAfter(step)));
        List<Ballot.RankedAnswer<Long>> ranked = ballot.ranked();
        for (int i = 0; i < ranked.size(); i++) {
            if (ranked.get(i).answer() == solution) {
                return i + 1;
            }
        }
        return null;
    }
}
