package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How sure the scores of a sheet are: ARC by {@link TaskBootstrap}, since the outputs of a task stand and fall together; exact
 * match by {@link Interval#wilson}, since puzzles are independent.
 */
public final class Intervals {
    private Intervals() {}

    /** @return by the name of the score; scores that are no shares of tasks (mean accuracy of cells) have none */
    public static SortedMap<String, Interval> of(PuzzleSet set, ScoreSheet sheet) {
        return sheet.metrics().isEmpty()
                ? new TreeMap<>()
                : set.manifest().kind() == PuzzleKind.ARC ? arc(set, sheet) : exact(set, sheet);
    }

    private static SortedMap<String, Interval> arc(PuzzleSet set, ScoreSheet sheet) {
        int tasks = set.taskCount();
        double[] one = new double[tasks];
        double[] outputs = new double[tasks];
        Arrays.fill(one, 1);
        Arrays.setAll(outputs, set::outputCount);
        List<String> names = new ArrayList<>();
        List<double[]> above = new ArrayList<>();
        List<double[]> below = new ArrayList<>();
        for (int k : ArcScore.KS) {
            double[] solved = solved(sheet, tasks, k);
            Arrays.setAll(solved, task -> solved[task] / outputs[task]);
            names.add("pass@" + k);
            above.add(solved);
            below.add(one);
        }
        double[] solved = solved(sheet, tasks, ArcScore.ATTEMPTS);
        double[] whole = new double[tasks];
        double[] share = new double[tasks];
        Arrays.setAll(whole, task -> solved[task] == outputs[task] ? 1 : 0);
        Arrays.setAll(share, task -> solved[task] / outputs[task]);
        names.addAll(List.of("arc_prize", "kaggle", "strict"));
        above.addAll(List.of(share, solved, whole));
        below.addAll(List.of(one, outputs, one));
        Interval[] found = TaskBootstrap.intervals(above.toArray(double[][]::new), below.toArray(double[][]::new));
        SortedMap<String, Interval> intervals = new TreeMap<>();
        for (int i = 0; i < found.length; i++) {
            intervals.put(names.get(i), found[i]);
        }
        return intervals;
    }

    private static double[] solved(ScoreSheet sheet, int tasks, int attempts) {
        double[] solved = new double[tasks];
        for (OutputResult output : sheet.outputs()) {
            solved[output.task()] += output.solvedWithin(attempts) ? 1 : 0;
        }
        return solved;
    }

    private static SortedMap<String, Interval> exact(PuzzleSet set, ScoreSheet sheet) {
        Integer ignore = set.manifest().ignoreLabel();
        long counted = sheet.outputs().stream()
                .filter(output -> ignore == null
                        || Arrays.stream(set.label(output.task())).anyMatch(label -> label != ignore))
                .count();
        SortedMap<String, Interval> intervals = new TreeMap<>();
        for (String name : List.of("exact_accuracy", "q_halt_accuracy")) {
            Double share = sheet.metrics().get(name);
            if (share != null && counted > 0) {
                intervals.put(name, Interval.wilson(Math.round(share * counted), counted));
            }
        }
        return intervals;
    }
}
