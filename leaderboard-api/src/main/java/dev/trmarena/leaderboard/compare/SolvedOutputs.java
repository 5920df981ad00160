package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.TieGroups;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which outputs finished evaluations solved. That never changes again, so it is read once. */
@Singleton
public class SolvedOutputs {
    private static final int MOST = 1000;

    private final Map<UUID, ScoreSheet> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, ScoreSheet> eldest) {
            return size() > MOST;
        }
    };

    /** The evaluation must be finished. */
    synchronized ScoreSheet of(Handle handle, UUID evaluation) {
        return known.computeIfAbsent(evaluation, id -> ReadTasks.solvedOutputs(handle, id));
    }

    /**
     * The tie group of each.
     *
     * @param ranked finished evaluations on one puzzle set, best first
     * @param attempts candidates that may be tried on a test output
     */
    public int[] tieGroups(Handle handle, List<EvaluationView> ranked, int attempts) {
        return TieGroups.of(
                ranked.stream().map(evaluation -> of(handle, evaluation.id())).toList(), attempts);
    }
}
