package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.ArrayList;
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

    static ScoreSheet score(PuzzleSet set, Iterable<ScoredPrediction> predictions, VoteProtocol protocol) {
        // Against made-up solutions there is nothing to measure, and nobody is right, not even by chance.
        boolean hidden = set.manifest().solutionsHidden();
        Map<Integer, List<OutputResult>> byTask = new TreeMap<>();
        var votes = new PerTaskAccumulator<Ballot<Grid>>(
                set, Ballot::new, (task, ballots) -> byTask.put(task, results(set, task, ballots, hidden)));
        for (ScoredPrediction prediction : predictions) {
            Ballot<Grid> ballot = votes.at(prediction.example());
            if (ballot != null && protocol.votes(set, prediction.example())) {
                ballot.vote(prediction.grid(), prediction.qHalt());
            }
        }
        votes.end();
        List<OutputResult> outputs =
                byTask.values().stream().flatMap(List::stream).toList();
        return new ScoreSheet(hidden ? new TreeMap<>() : new ArcMetrics(outputs).values(), outputs);
    }

    private static List<OutputResult> results(
            PuzzleSet set, int task, Map<Grid, Ballot<Grid>> ballots, boolean hidden) {
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
}
