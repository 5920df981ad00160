package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What recursion bought: the score after each improvement step, from the trails of a single run. The score after the last step
 * is the evaluation's own.
 */
public final class ScoreByStep {
    private ScoreByStep() {}

    /** The trail of an example. */
    public record Followed(int example, StepHistory trail) {}

    /**
     * @param inExampleOrder every example that was run, ascending
     * @param steps of the protocol
     * @return one for each step; empty when there is no trail, or nothing to measure against
     */
    public static List<StepScore> of(PuzzleSet set, Iterable<Followed> inExampleOrder, int steps) {
        if (set.manifest().solutionsHidden()) {
            return List.of();
        }
        return set.manifest().kind() == PuzzleKind.ARC
                ? arc(set, inExampleOrder, steps)
                : exact(set, inExampleOrder, steps);
    }

    private static List<StepScore> arc(PuzzleSet set, Iterable<Followed> followed, int steps) {
        // By task, then by step.
        Map<Integer, List<List<OutputResult>>> byTask = new TreeMap<>();
        var votes = new PerTaskAccumulator<List<StepHistory>>(
                set, ArrayList::new, (task, trails) -> byTask.put(task, results(set, task, trails, steps)));
        boolean any = false;
        for (Followed each : followed) {
            List<StepHistory> trails = votes.at(each.example());
            if (trails != null) {
                trails.add(each.trail());
                any = true;
            }
        }
        if (!any) {
            return List.of();
        }
        votes.end();
        List<SortedMap<String, Double>> metrics = new ArrayList<>();
        double[][] shares = new double[steps][set.taskCount()];
        for (int step = 0; step < steps; step++) {
            List<OutputResult> outputs = new ArrayList<>();
            for (int task = 0; task < set.taskCount(); task++) {
                for (OutputResult result :
                        Objects.requireNonNull(byTask.get(task)).get(step)) {
                    outputs.add(result);
                    shares[step][task] +=
                            (result.solvedWithin(ArcMetrics.ATTEMPTS) ? 1.0 : 0.0) / set.outputCount(task);
                }
            }
            metrics.add(new ArcMetrics(outputs).values());
        }
        double[][] ones = new double[steps][set.taskCount()];
        Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
        return scores(metrics, TaskBootstrap.intervals(shares, ones));
    }

    /** How the outputs of a task were answered after each step. */
    private static List<List<OutputResult>> results(
            PuzzleSet set, int task, Map<Grid, List<StepHistory>> trails, int steps) {
        List<List<OutputResult>> bySteps = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            List<OutputResult> outputs = new ArrayList<>();
            for (int output = 0; output < set.outputCount(task); output++) {
                outputs.add(vote(set, task, output, trails.getOrDefault(set.taskInput(task, output), List.of()), step));
            }
            bySteps.add(outputs);
        }
        return bySteps;
    }

    private static OutputResult vote(PuzzleSet set, int task, int output, List<StepHistory> trails, int step) {
        Ballot<Long> ballot = new Ballot<>();
        trails.forEach(trail -> ballot.vote(trail.answerAfter(step), trail.qHaltAfter(step)));
        long solution = StepHistory.solution(set, task, output);
        List<Ballot.Counted<Long>> ranked = ballot.ranked();
        Integer rank = null;
        for (int i = 0; i < ranked.size() && rank == null; i++) {
            rank = ranked.get(i).answer() == solution ? Integer.valueOf(i + 1) : null;
        }
        return new OutputResult(task, output, ranked.size(), rank, null, List.of());
    }

    private static List<StepScore> exact(PuzzleSet set, Iterable<Followed> followed, int steps) {
        int[] right = new int[steps];
        int counted = 0;
        Integer ignore = set.manifest().ignoreLabel();
        for (Followed each : followed) {
            int task = each.example();
            if (ignore != null && Arrays.stream(set.label(task)).allMatch(label -> label == ignore)) {
                continue;
            }
            counted++;
            long solution = StepHistory.solution(set, task, 0);
            for (int step = 1; step <= steps; step++) {
                right[step - 1] += each.trail().answerAfter(step) == solution ? 1 : 0;
            }
        }
        if (counted == 0) {
            return List.of();
        }
        List<SortedMap<String, Double>> metrics = new ArrayList<>();
        Interval[] intervals = new Interval[steps];
        for (int i = 0; i < steps; i++) {
            metrics.add(new TreeMap<>(Map.of("exact_accuracy", right[i] / (double) counted)));
            intervals[i] = Interval.wilson(right[i], counted);
        }
        return scores(metrics, intervals);
    }

    private static List<StepScore> scores(List<SortedMap<String, Double>> metrics, Interval[] intervals) {
        List<StepScore> scores = new ArrayList<>();
        for (int i = 0; i < intervals.length; i++) {
            scores.add(new StepScore(i + 1, metrics.get(i), intervals[i]));
        }
        return scores;
    }
}
