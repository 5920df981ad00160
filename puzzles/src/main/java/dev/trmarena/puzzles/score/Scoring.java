package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.set.PuzzleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** The one way from predictions on a puzzle set to scores, by the rules of its kind. Safe for threads. */
public sealed interface Scoring permits ArcScoring, ExactMatch {
    static Scoring of(PuzzleSet set) {
        return set.match(ArcScoring::new, ExactMatch::new);
    }

    /** By the authors' protocol: everything votes. */
    default ScoreSheet score(Iterable<ScoredPrediction> inExampleOrder) {
        return score(inExampleOrder, VoteProtocol.ALL);
    }

    /**
     * @param inExampleOrder each example once, ascending: ties between candidates keep the order in which they were first seen
     * @param protocol which predictions of a task vote; without effect where nothing votes
     */
    default ScoreSheet score(Iterable<ScoredPrediction> inExampleOrder, VoteProtocol protocol) {
        List<OutputResult> whole = new ArrayList<>();
        ScoreSheet sheet = score(inExampleOrder, protocol, whole::add);
        whole.sort(Comparator.comparingInt(OutputResult::task).thenComparingInt(OutputResult::output));
        return new ScoreSheet(sheet.metrics(), whole);
    }

    /**
     * The same for millions of puzzles: the grids, most of what there is to hold, are handed on as soon as they are ranked.
     *
     * @param each gets every test output with its candidates, those of a task together, the tasks in any order
     * @return the sheet, its outputs in order and without their candidates
     */
    ScoreSheet score(
            Iterable<ScoredPrediction> inExampleOrder, VoteProtocol protocol, Consumer<? super OutputResult> each);

    /**
     * The same of an evaluation that ended early.
     *
     * @param inExampleOrder those examples that were answered
     */
    PartialSheet scorePartly(
            Iterable<ScoredPrediction> inExampleOrder, VoteProtocol protocol, Consumer<? super OutputResult> each);

    /**
     * How sure the scores of a sheet on this set are.
     *
     * @return by the name of the score; scores that are no shares of tasks (mean accuracy of cells) have none
     */
    SortedMap<String, Interval> intervals(ScoreSheet sheet);

    /**
     * What recursion bought: the score after each improvement step, from the step histories of a single run. The score after
     * the last step is the evaluation's own.
     *
     * @param inExampleOrder every example that was run, ascending
     * @param steps of the protocol
     * @return one for each step; empty when no step was followed, or there is nothing to measure against
     */
    List<StepScore> bySteps(Iterable<FollowedExample> inExampleOrder, int steps);

    /** Begins to score some of the tasks of the set, of an evaluation that was scored before. */
    PartialScore part();
}
