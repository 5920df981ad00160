package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.PuzzleSetView;
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
 */
public record Leaderboard(PuzzleSetView puzzleSet, String metric, List<Entry> entries) {
    public Leaderboard {
        entries = List.copyOf(entries);
    }

    /**
     * @param rank from 1; equal scores share the rank of the first of them
     * @param checkpoint tensor digest
     * @param score value of the ranking metric, 0 to 1
     */
    public record Entry(
            int rank,
            UUID evaluation,
            String model,
            String checkpoint,
            String fileName,
            String architecture,
            double score,
            Map<String, Double> scores,
            long coreParameters,
            long embeddingParameters,
            long computeMillis,
            @Nullable Instant finishedAt) {}

    /** @param ranked best first */
    static Leaderboard of(PuzzleSetView set, List<EvaluationView> ranked) {
        List<Entry> entries = new ArrayList<>();
        for (EvaluationView evaluation : ranked) {
            double score = evaluation.scores().getOrDefault(set.mainMetric(), 0.0);
            Entry before = entries.isEmpty() ? null : entries.get(entries.size() - 1);
            int rank = before != null && before.score() == score ? before.rank() : entries.size() + 1;
            entries.add(new Entry(
                    rank,
                    evaluation.id(),
                    evaluation.model(),
                    evaluation.checkpoint(),
                    evaluation.fileName(),
                    evaluation.architecture(),
                    score,
                    evaluation.scores(),
                    evaluation.coreParameters(),
                    evaluation.embeddingParameters(),
                    evaluation.computeMillis(),
                    evaluation.finishedAt()));
        }
        return new Leaderboard(set, set.mainMetric(), entries);
    }
}
