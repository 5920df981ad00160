package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.grid.Grid;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * ARC: the augmented examples of a test input vote for its output. Source: the authors' {@code evaluators/arc.py} for votes
 * and {@code pass@K}; the other definitions are in SCIENCE, section 5.
 */
final class ArcScore {
    static final int[] KS = {1, 2, 5, 10, 100, 1000};
    static final int ATTEMPTS = 2;

    private ArcScore() {}

    /** Test inputs are told apart by their grid, as the authors do: two equal inputs of a task share their votes. */
    record Question(int task, Grid input) {}

    static ScoreSheet score(PuzzleSet set, Iterable<ScoredPrediction> predictions, VoteProtocol protocol) {
        Map<Question, Ballot<Grid>> ballots = new HashMap<>();
        int last = -1;
        for (ScoredPrediction prediction : predictions) {
            if (prediction.example() <= last) {
                // Sums of halt scores and the order of ties follow from the order: another one is another result.
                throw new IllegalArgumentException("example " + prediction.example() + " comes after " + last);
            }
            last = prediction.example();
            Integer task = set.taskOf(last);
            if (task != null && protocol.votes(set, last)) {
                ballots.computeIfAbsent(
                                new Question(task, set.originalInput(prediction.example())), first -> new Ballot<>())
                        .vote(prediction.grid(), prediction.qHalt());
            }
        }
        List<OutputResult> outputs = new ArrayList<>();
        for (int task = 0; task < set.taskCount(); task++) {
            for (int output = 0; output < set.outputCount(task); output++) {
                Ballot<Grid> ballot = ballots.get(new Question(task, set.taskInput(task, output)));
                List<RankedCandidate> ranked = ballot == null
                        ? List.of()
                        : ballot.ranked().stream()
                                .map(each -> new RankedCandidate(each.answer(), each.votes(), each.meanHalt()))
                                .toList();
                outputs.add(result(task, output, ranked, set.solution(task, output)));
            }
        }
        // Against made-up solutions there is nothing to measure.
        return new ScoreSheet(set.manifest().solutionsHidden() ? new TreeMap<>() : metrics(set, outputs), outputs);
    }

    /** The trails of those who vote on each test input, in example order. */
    static Map<Question, List<Trail>> byQuestion(PuzzleSet set, Iterable<ScoreByStep.Followed> followed) {
        Map<Question, List<Trail>> voters = new HashMap<>();
        for (ScoreByStep.Followed each : followed) {
            Integer task = set.taskOf(each.example());
            if (task != null) {
                voters.computeIfAbsent(
                                new Question(task, set.originalInput(each.example())), first -> new ArrayList<>())
                        .add(each.trail());
            }
        }
        return voters;
    }

    private static OutputResult result(int task, int output, List<RankedCandidate> ranked, Grid solution) {
        Integer rank = null;
        for (int i = 0; i < ranked.size() && rank == null; i++) {
            rank = ranked.get(i).grid().equals(solution) ? Integer.valueOf(i + 1) : null;
        }
        Integer wrong =
                ranked.isEmpty() ? null : WrongCells.between(ranked.get(0).grid(), solution, null);
        return new OutputResult(
                task, output, ranked.size(), rank, wrong, ranked.subList(0, Math.min(ranked.size(), OutputResult.TOP)));
    }

    static SortedMap<String, Double> metrics(PuzzleSet set, List<OutputResult> outputs) {
        SortedMap<String, Double> metrics = new TreeMap<>();
        for (int k : KS) {
            metrics.put("pass@" + k, meanOverTasks(set, outputs, k));
        }
        long solved =
                outputs.stream().filter(output -> output.solvedWithin(ATTEMPTS)).count();
        int strict = 0;
        for (int task = 0; task < set.taskCount(); task++) {
            strict += solvedOutputs(outputs, task, ATTEMPTS) == set.outputCount(task) ? 1 : 0;
        }
        metrics.put("arc_prize", meanOverTasks(set, outputs, ATTEMPTS));
        metrics.put("kaggle", solved / (double) outputs.size());
        metrics.put("strict", strict / (double) set.taskCount());
        return metrics;
    }

    private static double meanOverTasks(PuzzleSet set, List<OutputResult> outputs, int attempts) {
        int[] solved = new int[set.taskCount()];
        for (OutputResult output : outputs) {
            solved[output.task()] += output.solvedWithin(attempts) ? 1 : 0;
        }
        double sum = 0;
        for (int task = 0; task < solved.length; task++) {
            sum += solved[task] / (double) set.outputCount(task);
        }
        return sum / solved.length;
    }

    private static int solvedOutputs(List<OutputResult> outputs, int task, int attempts) {
        return (int) outputs.stream()
                .filter(output -> output.task() == task && output.solvedWithin(attempts))
                .count();
    }
}
