package dev.trmarena.puzzles.answers;

import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.ScoreSheet;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Answers with their scores.
 *
 * @param sheet without the grids, where there is one for each of millions of puzzles
 * @param intervals by the name of the score
 * @param outputs every test output with the grids that were answered, and without any where none was
 */
public record ScoredAnswers(
        ScoreSheet sheet, SortedMap<String, Interval> intervals, AnswersReport report, Outputs outputs) {
    /** Hands on one test output after the other, as often as it is asked for. */
    @FunctionalInterface
    public interface Outputs {
        void each(Consumer<? super OutputResult> consumer);
    }
}
