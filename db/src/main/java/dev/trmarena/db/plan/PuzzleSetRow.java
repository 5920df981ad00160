package dev.trmarena.db.plan;

import java.util.UUID;

/**
 * A puzzle set as planning sees it.
 *
 * @param kind {@code sudoku}, {@code maze}, {@code arc} or {@code sequence}
 * @param manifestDigest SHA-256 of the manifest artifact
 * @param seqLen L
 * @param vocabSize V
 * @param identifierCount N, the blank row included
 */
public record PuzzleSetRow(
        UUID id,
        String name,
        String kind,
        String manifestDigest,
        int seqLen,
        int vocabSize,
        int identifierCount,
        int exampleCount,
        int taskCount) {}
