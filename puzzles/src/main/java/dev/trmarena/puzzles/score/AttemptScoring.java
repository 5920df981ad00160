package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.set.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * ARC, from the two attempts at each test output that anybody may hand in, without votes. The scores are those of {@link ArcScoring} that
 * look at no more than two candidates.
 */
public final class AttemptScoring {
    /** Attempts that count. */
    public static final int ATTEMPTS = ArcMetrics.ATTEMPTS;

    private AttemptScoring() {}

    /** The attempts at a test output of a task, in order, {@value #ATTEMPTS} at most; null where an attempt is no answer. */
    @FunctionalInterface
    public interface Attempts {
        List<@Nullable Grid> at(int task, int output);
    }

    /** @param hidden whether the solutions of the tasks are not known: there is no score then */
    public static ScoreSheet score(List<ArcTask> tasks, boolean hidden, Attempts attempts) {
        List<OutputResult> outputs = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            List<ArcTask.Pair> tests = tasks.get(task).tests();
            for (int output = 0; output < tests.size(); output++) {
                Grid solution = hidden ? null : tests.get(output).output();
                outputs.add(result(task, output, attempts.at(task, output), solution));
            }
        }
        SortedMap<String, Double> metrics = ArcMetrics.of(outputs).metrics();
        metrics.keySet().removeIf(name -> hidden || looksFurther(name));
        return new ScoreSheet(metrics, outputs);
    }

    /** How sure the scores of a sheet from {@link #score} are. */
    public static SortedMap<String, Interval> intervals(ScoreSheet sheet) {
        SortedMap<String, Interval> intervals = ArcMetrics.of(sheet.outputs()).intervals();
        intervals.keySet().retainAll(sheet.metrics().keySet());
        return intervals;
    }

    private static boolean looksFurther(String name) {
        return Metric.passes().stream()
                .anyMatch(pass -> pass.key().equals(name) && pass.candidates().orElseThrow() > ATTEMPTS);
    }

    private static OutputResult result(int task, int output, List<@Nullable Grid> attempts, @Nullable Grid solution) {
        List<RankedCandidate> answers = attempts.stream()
                .filter(Objects::nonNull)
                .map(grid -> new RankedCandidate(grid, 1, 0))
                .toList();
        int right = solution == null ? -1 : attempts.indexOf(solution);
        Grid first = attempts.isEmpty() ? null : attempts.get(0);
        Integer wrong = first == null || solution == null ? null : WrongCells.between(first, solution, null);
        int firstRank = first == null && !answers.isEmpty() ? 2 : 1;
        return new OutputResult(task, output, answers.size(), right < 0 ? null : right + 1, wrong, answers, firstRank);
    }
}
