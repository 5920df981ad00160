package dev.trmarena.db.board;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A puzzle set as people see it; field names are those of the HTTP API.
 *
 * @param kind {@code sudoku}, {@code maze}, {@code arc} or {@code sequence}
 * @param digest SHA-256 of the set's manifest: the exact set
 * @param seqLen L, tokens of an example
 * @param vocabSize V
 * @param identifierCount N, rows of a puzzle embedding that fits, the blank row included
 * @param mainMetric the metric that ranks models on this set: its own, or the main one of its kind
 * @param evaluations number of evaluations on this set, whatever their state
 * @param successor name of the set that was imported in its place; its board stays, and no longer counts
 */
public record PuzzleSetView(
        String name,
        String kind,
        String digest,
        int seqLen,
        int vocabSize,
        int identifierCount,
        int exampleCount,
        int taskCount,
        Instant createdAt,
        String mainMetric,
        int evaluations,
        @Nullable String successor) {}
