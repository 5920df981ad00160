package dev.trmarena.db.board;

import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.Verification;
import dev.trmarena.puzzles.score.Interval;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What one line says of an evaluation in the history of a model; everything is as in {@link EvaluationView}.
 *
 * @param metric the one that ranks models on the puzzle set
 * @param score its value, 0 to 1; null until it is over, and where the solutions are hidden
 * @param interval of the score, 95 %; null without a score, and for scores that have none
 */
public record EvaluationLine(
        UUID id,
        EvaluationState state,
        boolean partial,
        @Nested("answered_") @Nullable AnsweredView answered,
        int repeat,
        @Nullable Verification verification,
        String puzzleSet,
        String puzzleSetKind,
        @Nested @Nullable ProtocolView protocol,
        @Nullable String checkpoint,
        String fileName,
        String metric,
        @Nullable Double score,
        @Json @Nullable Interval interval,
        Instant createdAt,
        @Nullable Instant finishedAt) {}
