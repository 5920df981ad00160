package dev.trmarena.ingest.puzzleset;

import dev.trmarena.db.board.PuzzleSetView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A puzzle set that came in, as in the list of them, and what is odd about its files.
 *
 * @param warnings the first few, each a sentence that names file and line, as of a puzzle with a second solution; none where the
 *     answer tells of an earlier import and nothing was read
 * @param warningCount those and all others
 */
record ImportedPuzzleSet(
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
        @Nullable String successor,
        List<String> warnings,
        int warningCount) {
    ImportedPuzzleSet {
        warnings = List.copyOf(warnings);
    }

    static ImportedPuzzleSet of(PuzzleSetView set, List<String> warnings, int warningCount) {
        return new ImportedPuzzleSet(
                set.name(),
                set.kind(),
                set.digest(),
                set.seqLen(),
                set.vocabSize(),
                set.identifierCount(),
                set.exampleCount(),
                set.taskCount(),
                set.createdAt(),
                set.mainMetric(),
                set.evaluations(),
                set.successor(),
                warnings,
                warningCount);
    }
}
