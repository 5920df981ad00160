package dev.trmarena.leaderboard.compare;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.puzzles.score.ScoreSheet;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which outputs finished evaluations solved. That never changes again, so it is read once. */
@Singleton
public class SolvedOutputs {
    /**
     * About 50 bytes each; 1,000 evaluations on a set of ARC have 400,000. An evaluation weighs one more than it has outputs, so
     * that one without any counts; one of more than this may still be kept, alone.
     */
    private static final int MOST_OUTPUTS = 1_000_000;

    private final Cache<UUID, ScoreSheet> known = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(MOST_OUTPUTS)
            .weigher((UUID evaluation, ScoreSheet sheet) ->
                    Math.min(1 + sheet.outputs().size(), MOST_OUTPUTS))
            .build();

    /** The evaluation must be finished. */
    public ScoreSheet of(Handle handle, UUID evaluation) {
        return known.get(evaluation, id -> ReadTasks.solvedOutputs(handle, id));
    }
}
