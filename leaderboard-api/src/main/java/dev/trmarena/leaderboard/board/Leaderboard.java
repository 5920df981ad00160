package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.AnswersRow;
import dev.trmarena.db.board.AnswersView;
import dev.trmarena.db.board.BoardRow;
import dev.trmarena.db.board.ProtocolUse;
import dev.trmarena.db.board.ProtocolView;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.messages.Verification;
import dev.trmarena.puzzles.score.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The finished evaluations on a puzzle set, best first.
 *
 * @param metric the one that ranks
 * @param protocol by which all entries were run; null when nothing has finished
 * @param protocols all by which something has finished; each has a board of its own
 * @param split of its benchmark that the set is, in the words of {@link Published#split}; null where nobody knows
 * @param solutionsHidden whether the set's solutions are not known here: its entries are predictions without scores
 * @param without the tasks that are left out of all scores; null when all tasks count
 * @param entries those without a score last
 * @param answers of other systems, scored here and not run here, best first: never ranked among the entries. Empty by a protocol that is
 *     no way to report scores
 * @param published what others published on the same benchmark; claims, not runs, and never ranked. Empty when tasks are left
 *     out, since they are about all
 */
public record Leaderboard(
        PuzzleSetView puzzleSet,
        String metric,
        @Nullable ProtocolView protocol,
        List<ProtocolUse> protocols,
        @Nullable String split,
        boolean solutionsHidden,
        @Nullable Without without,
        List<Entry> entries,
        List<Answers> answers,
        List<Published> published) {
    public Leaderboard {
        protocols = List.copyOf(protocols);
        entries = List.copyOf(entries);
        answers = List.copyOf(answers);
        published = List.copyOf(published);
    }

    /**
     * Tasks that another set has, too, by content.
     *
     * @param set name of the other set
     * @param digest of the other set
     * @param leftOut number of these tasks
     * @param remaining number of the tasks that count
     */
    public record Without(String set, String digest, int leftOut, int remaining) {}

    /**
     * @param label to be shown beside it: that it was scored here, not run here
     * @param fileName that was sent
     * @param score value of the ranking metric, 0 to 1; null where answers have none, as where the solutions are hidden
     * @param interval of the score, 95 %; null without one
     * @param scores of the tasks that count
     * @param dollarsPerTask by the word of whoever sent them, or of the answers; null where neither says it
     * @param paper address of what was published on them
     * @param code address of what made them
     */
    public record Answers(
            String label,
            UUID evaluation,
            String model,
            String fileName,
            @Nullable Double score,
            @Nullable Interval interval,
            Map<String, Double> scores,
            @Nullable Double dollarsPerTask,
            @Nullable String paper,
            @Nullable String code,
            Instant finishedAt) {
        /** @param scores of the tasks that count @param intervals of these */
        static Answers of(AnswersRow row, String metric, Map<String, Double> scores, Map<String, Interval> intervals) {
            AnswersView said = row.answers();
            return new Answers(
                    said.label(),
                    row.id(),
                    row.model(),
                    row.fileName(),
                    scores.get(metric),
                    intervals.get(metric),
                    scores,
                    said.dollarsPerTask(),
                    said.paper(),
                    said.code(),
                    row.finishedAt());
        }
    }

    /**
     * @param label to be shown beside it: that it was not run here
     * @param score 0 to 1
     * @param split on which it was measured; scores of different splits do not compare
     */
    public record Published(
            String label,
            String method,
            @Nullable String parameters,
            String split,
            String metric,
            double score,
            @Nullable Double dollarsPerTask,
            String source) {}

    /**
     * @param rank from 1; equal scores share the rank of the first of them; null without a score
     * @param checkpoint tensor digest
     * @param tieGroup from 1; within a group nobody differs significantly from the best of it (McNemar, 5 %); null without a
     *     score
     * @param score value of the ranking metric, 0 to 1; null where the solutions are hidden
     * @param interval of the score, 95 %; null for scores that have none, and for evaluations of before intervals were recorded
     * @param scores of the tasks that count
     * @param dollarsPerTask what the devices cost meanwhile, by their configured prices, for one task of the set; null unless every
     *     device that took part has a price
     * @param meanSteps improvement steps that the examples really took, in the mean
     * @param repeat which time it was run; the first that finished stands here, whatever its repeats came to
     * @param hCycles times the high-level state is updated in one improvement step; null where it was not kept
     * @param lCycles times the low-level state is updated before each of them; likewise
     * @param repeats how often it was run once more, to the end
     * @param alsoAs other names under which that was done
     * @param verification {@code reproduced} when another repeat agrees in every example, {@code differs} when one does not; null
     *     when it was run once
     */
    public record Entry(
            @Nullable Integer rank,
            @Nullable Integer tieGroup,
            UUID evaluation,
            String model,
            String checkpoint,
            String fileName,
            String architecture,
            @Nullable Double score,
            @Nullable Interval interval,
            Map<String, Double> scores,
            long coreParameters,
            long embeddingParameters,
            @Nullable Integer hCycles,
            @Nullable Integer lCycles,
            long computeMillis,
            @Nullable Double dollarsPerTask,
            @Nullable Double meanSteps,
            int repeat,
            int repeats,
            List<String> alsoAs,
            @Nullable Verification verification,
            @Nullable Instant finishedAt) {}

    /**
     * @param standings best first, those without a score last
     * @param tieGroups one for each that has a score
     * @param dollarsPerTask what an evaluation cost
     */
    static List<Entry> entries(
            List<ScoredEvaluation> standings, String metric, int[] tieGroups, ToDollars dollarsPerTask) {
        List<Entry> entries = new ArrayList<>();
        for (ScoredEvaluation standing : standings) {
            BoardRow evaluation = standing.evaluation();
            Double score = standing.score(metric);
            entries.add(new Entry(
                    score == null ? null : rank(entries, score),
                    score == null ? null : Integer.valueOf(tieGroups[entries.size()]),
                    evaluation.id(),
                    evaluation.model(),
                    evaluation.checkpoint(),
                    evaluation.fileName(),
                    evaluation.architecture(),
                    score,
                    standing.intervals().get(metric),
                    standing.scores(),
                    evaluation.coreParameters(),
                    evaluation.embeddingParameters(),
                    evaluation.hCycles(),
                    evaluation.lCycles(),
                    evaluation.computeMillis(),
                    dollarsPerTask.of(evaluation),
                    evaluation.meanSteps(),
                    evaluation.repeat(),
                    evaluation.repeats(),
                    evaluation.alsoAs(),
                    evaluation.verification(),
                    evaluation.finishedAt()));
        }
        return entries;
    }

    /** What an evaluation cost for each task; null where it is not known. */
    interface ToDollars {
        @Nullable
        Double of(BoardRow evaluation);
    }

    /** The next one's: that of the last when their scores are equal. */
    private static Integer rank(List<Entry> better, double score) {
        Entry last = better.isEmpty() ? null : better.get(better.size() - 1);
        Integer rank = last == null ? null : last.rank();
        Double before = last == null ? null : last.score();
        return rank != null && before != null && before == score ? rank : Integer.valueOf(better.size() + 1);
    }
}
