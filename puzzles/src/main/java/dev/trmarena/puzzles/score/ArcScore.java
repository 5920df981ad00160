package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.grid.Grid;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * ARC: the augmented examples of a test input vote for its output. Source: the authors' {@code evaluators/arc.py} for votes
 * and {@code pass@K}.
 */
final class ArcScore {
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
        // Against made-up solutions there is nothing to measure, and nobody is right, not even by chance.
        boolean hidden = set.manifest().solutionsHidden();
        List<OutputResult> outputs = new ArrayList<>();
        for (int task = 0; task < set.taskCount(); task++) {
            for (int output = 0; output < set.outputCount(task); output++) {
                Ballot<Grid> ballot = ballots.get(new Question(task, set.taskInput(task, output)));
                List<RankedCandidate> ranked = ballot == null
                        ? List.of()
                        : ballot.ranked().stream()
                                .map(each -> new RankedCandidate(each.answer(), each.votes(), each.meanHalt()))
                                .toList();
                outputs.add(result(task, output, ranked, hidden ? null : set.solution(task, output)));
            }
        }
        return new ScoreSheet(hidden ? new TreeMap<>() : new ArcMetrics(outputs).values(), outputs);
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
}
