package dev.trmarena.db.board;

import dev.trmarena.messages.Verification;
import dev.trmarena.puzzles.score.Interval;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The best that a model reached on a puzzle set by one protocol; field names are those of the HTTP API.
 *
 * @param puzzleSet name of the set
 * @param metric the one that ranks models on the set
 * @param score its value, 0 to 1
 * @param interval of the score, 95 %; null for scores that have none
 * @param evaluation that reached it, the first of equals
 * @param checkpoint tensor digest of what reached it
 * @param verification of that evaluation, as in {@link EvaluationView}
 * @param evaluations how many of the model have a score here by this protocol
 */
public record BestScoreView(
        String puzzleSet,
        String puzzleSetKind,
        @Nested ProtocolView protocol,
        String metric,
        double score,
        @Json @Nullable Interval interval,
        UUID evaluation,
        String checkpoint,
        @Nullable Verification verification,
        int evaluations,
        Instant finishedAt) {}
