package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.plan.Origin;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import dev.trmarena.puzzles.set.SetOrigin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A puzzle set as in the list of them, and where it comes from.
 *
 * @param solutionsHidden whether its solutions are not known here: evaluations end with predictions but without scores
 * @param origin {@code recipe}, {@code directory}, or {@code csv_or_directory} where these would be the same set
 * @param recipe of a set with that origin; null for others
 * @param fetchedFrom the first of the files that it was made of, at the commit that all of them are of; null where somebody sent them
 */
public record PuzzleSetDetail(
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
        boolean solutionsHidden,
        SetOrigin origin,
        @Nullable ArcRecipe recipe,
        @Nullable Origin fetchedFrom) {
    static PuzzleSetDetail of(PuzzleSetView set, PuzzleSetManifest manifest, @Nullable Origin fetchedFrom) {
        return new PuzzleSetDetail(
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
                manifest.solutionsHidden(),
                SetOrigin.of(manifest),
                manifest.recipe(),
                fetchedFrom);
    }
}
