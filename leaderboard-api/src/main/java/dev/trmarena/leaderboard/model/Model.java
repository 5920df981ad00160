package dev.trmarena.leaderboard.model;

import dev.trmarena.db.board.BestScoreView;
import dev.trmarena.db.board.CheckpointView;
import java.time.Instant;
import java.util.List;

/**
 * A named line of checkpoints.
 *
 * @param evaluations under this name, whatever their state
 * @param checkpointCount all of them; {@code checkpoints} are the newest
 * @param firstSeen when the first evaluation was submitted
 * @param lastSeen when the last one was
 * @param checkpoints newest first by when the model first had them
 * @param best the best score on each puzzle set by each protocol, by the name of the set
 */
public record Model(
        String name,
        int evaluations,
        int checkpointCount,
        Instant firstSeen,
        Instant lastSeen,
        List<CheckpointView> checkpoints,
        List<BestScoreView> best) {
    public Model {
        checkpoints = List.copyOf(checkpoints);
        best = List.copyOf(best);
    }
}
