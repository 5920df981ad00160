package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.PuzzleSetView;
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
 * @param published what others published on the same benchmark; claims, not runs, and never ranked
 */
public record Leaderboard(PuzzleSetView puzzleSet, String metric, List<Entry> entries, List<Published> published) {
    public Leaderboard {
        entries = List.copyOf(entries);
        published = List.copyOf(published);
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
     * @param rank from 1; equal scores share the rank of the first of them
     * @param checkpoint tensor digest
     * @param tieGroup from 1; within a group nobody differs significantly from the best of it (McNemar, 5 %)
     * @param score value of the ranking metric, 0 to 1
     * @param interval of the score, 95 %; null for evaluations of before intervals were recorded
     */
    public record Entry(
            int rank,
            int tieGroup,
            UUID evaluation,
            String model,
            String checkpoint,
            String fileName,
            String architecture,
            double score,
            @Nullable Interval interval,
            Map<String, Double> scores,
            long coreParameters,
            long embeddingParameters,
            long computeMillis,
            @Nullable Instant finishedAt) {}

    /**
     * @param ranked best first
     * @param tieGroups one for each of them
     */
    static Leaderboard of(PuzzleSetView set, List<EvaluationView> ranked, int[] tieGroups) {
        List<Entry> entries = new ArrayList<>();
        for (EvaluationView evaluation : ranked) {
            double score = evaluation.scores().getOrDefault(set.mainMetric(), 0.0);
            Entry before = entries.isEmpty() ? null : entries.get(entries.size() - 1);
            int rank = before != null && before.score() == score ? before.rank() : entries.size() + 1;
            entries.add(new Entry(
                    rank,
                    tieGroups[entries.size()],
                    evaluation.id(),
                    evaluation.model(),
                    evaluation.checkpoint(),
                    evaluation.fileName(),
                    evaluation.architecture(),
                    score,
                    evaluation.intervals().get(set.mainMetric()),
                    evaluation.scores(),
                    evaluation.coreParameters(),
                    evaluation.embeddingParameters(),
                    evaluation.computeMillis(),
                    evaluation.finishedAt()));
        }
        return new Leaderboard(set, set.mainMetric(), entries, PublishedOn.set(set.name()));
    }
}
