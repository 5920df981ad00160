package dev.trmarena.db.board;

import dev.trmarena.puzzles.score.Interval;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.json.Json;

/**
 * Answers of another system as far as boards show them.
 *
 * @param scores by metric; empty where the solutions are hidden
 * @param intervals by metric, 95 %; of those scores that have one
 */
public record AnswersRow(
        UUID id,
        String model,
        String fileName,
        @Nested AnswersView answers,
        @Json Map<String, Double> scores,
        @Json Map<String, Interval> intervals,
        Instant finishedAt) {
    public AnswersRow {
        scores = new TreeMap<>(scores);
        intervals = new TreeMap<>(intervals);
    }
}
